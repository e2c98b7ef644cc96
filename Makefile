# VeDich: `make run` sets up and runs the main job, `make test` runs every test. `make help` lists the rest.
SHELL := /bin/bash
SWIFT ?= swift
BUILD := $(SWIFT) build -c release
WORKSPACE ?= datasets/demo
OUTPUT ?= output

.PHONY: help setup build run test lint format golden check clean

help: ## list the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /: /'

setup: ## install what is missing (Debian: OpenBLAS with LAPACK)
	@scripts/setup

build: setup ## build the program in release mode
	$(BUILD) --product vedich

test: setup ## run all tests
	$(SWIFT) test -c release -Xswiftc -enable-testing --disable-xctest

lint: ## check the format
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests Benchmarks

format: ## format in place
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests Benchmarks

clean: ## remove what was built and written
	rm -rf .build $(OUTPUT)
