"""Makes scores.csv: a small synthetic set scored by the scorer of the monthly forecasting set (score.py), step by step of a series.

    python make.py FOLDER_OF_SCORE_PY
"""
import csv
import os
import subprocess
import sys
import tempfile

import numpy as np

rng = np.random.default_rng(5)
series, forecasts = [], []
for k in range(6):
    n = 30 + 7 * k
    t = np.arange(n + 3)
    y = 100 + 2 * t + (20 * np.sin(2 * np.pi * t / 12) if k % 2 else 0) + rng.normal(0, 4, n + 3)
    y = y.round(2)
    centre = (y[n:] + rng.normal(0, 8, 3)).round(2)
    width = np.array([5.0, 6.0, 7.0]) * (1 + k % 3)
    series.append((f"S{k}", y, n))
    forecasts.append((centre, width))
with tempfile.TemporaryDirectory() as folder:
    def write(name, header, rows):
        with open(os.path.join(folder, name), "w", newline="") as file:
            csv.writer(file).writerows([header] + rows)
    write("train.csv", ["unique_id", "ds", "y"],
          [[u, j, v] for u, y, n in series for j, v in enumerate(y[:n])])
    write("test.csv", ["unique_id", "ds", "y"],
          [[u, n + j, v] for u, y, n in series for j, v in enumerate(y[n:])])
    write("f.csv", ["unique_id", "step", "mean", "lo80", "hi80", "lo95", "hi95"],
          [[u, h + 1, c, round(c - w, 2), round(c + 1.2 * w, 2), round(c - 1.6 * w, 2), round(c + 2 * w, 2)]
           for (u, y, n), (m, s) in zip(series, forecasts) for h, (c, w) in enumerate(zip(m, s))])
    out = os.path.join(folder, "out.csv")
    subprocess.run([sys.executable, os.path.join(sys.argv[1], "score.py"), "--data", folder,
                    "--per-series", out, os.path.join(folder, "f.csv")], check=True)
    scores = {row["unique_id"]: row for row in csv.DictReader(open(out))}
    names = ["sMAPE", "MASE", "n2_sMAPE", "n2_MASE", "MSIS", "MSIS80", "cov80", "cov95", "sWIS", "sCRPS"]
    with open("scores.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["training", "actual", "forecast"] + names)
        for (u, y, n), (m, s) in zip(series, forecasts):
            rows = [[c, round(c - w, 2), round(c + 1.2 * w, 2), round(c - 1.6 * w, 2), round(c + 2 * w, 2)]
                    for c, w in zip(m, s)]
            text = lambda values: " ".join(repr(float(v)) for v in values)
            writer.writerow([text(y[:n]), text(y[n:]), text(np.ravel(rows))] + [scores[u][k] for k in names])
