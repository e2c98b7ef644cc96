"""Scores every forecast file of a folder by score.py: python table.py DATA OUT > families.csv"""
import glob
import json
import os
import subprocess
import sys

data, out = sys.argv[1:3]
metrics = ["sMAPE", "MASE", "OWA", "MSIS", "cov80", "cov95", "sCRPS"]
print(",".join(["training", "horizon", "program", "model"] + metrics))
for cut, horizons in (("whole", [18]), ("k24", [6, 12]), ("k16", [6, 12]), ("k12", [6, 12])):
    files = sorted(glob.glob(f"{out}/*_*_{cut}.csv"))
    files = [f for f in files if os.path.basename(f).split("_")[0] in ("vedich", "statsforecast", "R")]
    for horizon in horizons:
        done = subprocess.run([sys.executable, f"{data}/score.py", "--json", "--horizon", str(horizon), *files],
                              check=True, capture_output=True, text=True)
        for name, row in sorted(json.loads(done.stdout).items(), key=lambda pair: pair[1]["sCRPS"]):
            program, model = name[: -len(cut) - 1].split("_", 1)
            cells = [cut.replace("k", "last "), str(horizon), program, model]
            print(",".join(cells + [f"{row[m]:.3f}" for m in metrics]))
