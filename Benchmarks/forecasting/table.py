"""Scores every forecast file of a folder by score.py: python table.py DATA OUT [OLD] > families.csv

Rows of OLD, an earlier families.csv, stand in for peers that were not run anew.
"""
import csv
import glob
import json
import os
import subprocess
import sys

data, out = sys.argv[1:3]
old = list(csv.DictReader(open(sys.argv[3]))) if len(sys.argv) > 3 else []
metrics = ["sMAPE", "MASE", "OWA", "MSIS", "cov80", "cov95", "sCRPS"]
print(",".join(["training", "horizon", "program", "model"] + metrics))
for cut, horizons in (("whole", [18]), ("k24", [6, 12]), ("k16", [6, 12]), ("k12", [6, 12])):
    files = sorted(glob.glob(f"{out}/*_*_{cut}.csv"))
    files = [f for f in files if os.path.basename(f).split("_")[0] in ("vedich", "statsforecast", "R")]
    for horizon in horizons:
        done = subprocess.run([sys.executable, f"{data}/score.py", "--json", "--horizon", str(horizon), *files],
                              check=True, capture_output=True, text=True)
        training = cut.replace("k", "last ")
        rows = {}
        for row in old:
            if row["program"] != "vedich" and (row["training"], row["horizon"]) == (training, str(horizon)):
                rows[row["program"], row["model"]] = {m: float(row[m]) for m in metrics}
        for name, row in json.loads(done.stdout).items():
            rows[tuple(name[: -len(cut) - 1].split("_", 1))] = row
        for (program, model), row in sorted(rows.items(), key=lambda pair: pair[1]["sCRPS"]):
            print(",".join([training, str(horizon), program, model] + [f"{row[m]:.3f}" for m in metrics]))
