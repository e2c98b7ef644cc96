#!/usr/bin/env python3
"""The three score tables of the attainment questions (standard library only).

usage: tables.py VEDICH QUESTIONS OUTDIR [--view combined|inside|combination] [--only panels|sources|before]

Answers every question of QUESTIONS (history.csv, series.csv, cases.csv) with `VEDICH replay`:
  panels   each panel's questions by coefficients learned without that panel
  sources  each panel's questions by coefficients learned without its source (its name up to `_`)
  before   each question by coefficients learned from outcomes dated up to its cutoff
and runs QUESTIONS/score.py on the merged answers, compared with the mean of nine standard methods.
Prints each panel's mean probability minus its attained share, and the table of `official` targets.
"""
import csv, os, subprocess, sys


def answers(vedich, questions, prior, view, path):
    done = subprocess.run(
        [vedich, "replay", "--history", f"{questions}/history.csv", "--cases",
         f"{questions}/cases.csv", "--prior", prior, "--view", view, "--output", path],
        stderr=subprocess.PIPE, text=True)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    with open(path, newline="", encoding="utf-8") as f:
        return {r["case_id"]: r["probability"] for r in csv.DictReader(f)}


def main(a):
    if len(a) < 3:
        sys.exit(__doc__)
    vedich, questions, out = a[:3]
    option = lambda name, default: a[a.index(name) + 1] if name in a else default
    view, only = option("--view", "combined"), option("--only", "")
    os.makedirs(out, exist_ok=True)
    with open(f"{questions}/cases.csv", newline="", encoding="utf-8") as f:
        cases = list(csv.DictReader(f))
    kinds = {
        "panels": lambda c: "without-panel:" + c["panel"],
        "sources": lambda c: "without:" + c["panel"].split("_")[0],
        "before": lambda c: "before",
    }
    for kind, prior in kinds.items():
        if only and kind != only:
            continue
        merged = {}
        for p in sorted({prior(c) for c in cases}):
            got = answers(vedich, questions, p, view, f"{out}/{p.replace(':', '-')}-{view}.csv")
            for c in cases:
                if prior(c) == p and c["case_id"] in got:
                    merged[c["case_id"]] = got[c["case_id"]]
        path = f"{out}/{kind}-{view}.csv"
        with open(path, "w", newline="", encoding="utf-8") as f:
            w = csv.writer(f)
            w.writerow(["case_id", "probability"])
            w.writerows(sorted(merged.items()))
        print(f"\n## {kind} ({view})\n", flush=True)
        subprocess.run([sys.executable, f"{questions}/score.py", path, "--compare",
                        f"{questions}/peer_predictions.csv@mean_all_nine"], check=True)
        print("\nbias by panel (mean probability minus attained share):")
        for panel in sorted({c["panel"] for c in cases}):
            mine = [c for c in cases if c["panel"] == panel]
            p = sum(float(merged.get(c["case_id"], 0.5)) for c in mine) / len(mine)
            y = sum(int(c["attained"]) for c in mine) / len(mine)
            print(f"  {panel}: {p - y:+.3f}")


main(sys.argv[1:])
