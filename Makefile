# VeDich. `make run` sets up and runs the main job, `make test` runs all tests; `make help` lists the rest.
SHELL := /bin/bash
SWIFT ?= swift
VEDICH := .build/release/vedich
TEST := $(SWIFT) test -c release -Xswiftc -enable-testing --disable-xctest --scratch-path .build-tests
WORKSPACE ?= datasets/demo
ORIGIN ?= 2026-10
OUTPUT ?= output

.PHONY: help setup build run test lint format golden docs bench notebooks demo-data check clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

setup: ## install what is missing (Debian: OpenBLAS, which holds LAPACK)
	@scripts/setup

build: setup ## build the program in release mode
	$(SWIFT) build -c release --product vedich

run: build ## run the main job on the bundled data
	@scripts/run $(VEDICH) $(WORKSPACE) $(ORIGIN) $(OUTPUT)

test: setup ## run all tests
	$(TEST)

lint: ## check the format of the sources
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests $(wildcard Benchmarks)

format: ## format the sources in place
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests $(wildcard Benchmarks)

golden: setup ## accept changed golden files (read the difference before committing it)
	VEDICH_ACCEPT_GOLDEN=1 $(TEST) --filter Golden

docs: setup ## build the documentation of the libraries, warnings being errors
	@scripts/docs

bench: setup ## run the benchmarks and compare them with the saved results
	# One BLAS thread from the start: processor time would count the spinning of idle ones.
	OPENBLAS_NUM_THREADS=1 $(SWIFT) run -c release --package-path Benchmarks --scratch-path .build-benchmarks benchmarks

notebooks: build ## run the main job, execute the notebook over its results (Python; installs into .venv)
	@scripts/notebooks $(VEDICH) $(WORKSPACE) $(ORIGIN) $(OUTPUT)

demo-data: build ## write the synthetic province anew
	$(VEDICH) demo-data --seed 2026 --output datasets/demo

check: ## what continuous integration runs
	@.ci/run

clean: ## remove what was built and written
	rm -rf .build .build-tests .build-benchmarks $(OUTPUT)
