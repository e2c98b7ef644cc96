"""Forecasts of statsforecast: python peers.py TRAIN MODEL OUT

A model that fails or gives no number with season 12 is tried without a season, and last the naive method. Processor time counts
fits and forecasts after two series that compile.
"""
import sys
import time
import warnings

import numpy as np
import pandas as pd
import statsforecast
from statsforecast import models

warnings.filterwarnings("ignore")
train, name, out = sys.argv[1:4]
table = pd.read_csv(train)
series = {u: g.to_numpy(float) for u, g in table.groupby("unique_id", sort=False)["y"]}


def forecast(model, y):
    f = model.forecast(y=y, h=18, level=[80, 95])
    values = np.stack([f[k] for k in ("mean", "lo-80", "hi-80", "lo-95", "hi-95")], 1)
    if not np.isfinite(values).all():
        raise ValueError("not finite")
    return values


def one(y):
    for make in (lambda: getattr(models, name)(season_length=12), lambda: getattr(models, name)(season_length=1), models.Naive):
        try:
            return forecast(make(), y)
        except Exception:
            continue
    raise SystemExit("even the naive method fails")


for y in list(series.values())[:2]:
    one(y)
start = time.process_time()
results = {u: one(y) for u, y in series.items()}
seconds = time.process_time() - start
rows = [[u, h + 1, *v] for u, values in results.items() for h, v in enumerate(values)]
pd.DataFrame(rows, columns=["unique_id", "step", "mean", "lo80", "hi80", "lo95", "hi95"]).to_csv(out, index=False)
print(f"statsforecast {statsforecast.__version__} {name},{len(series)},{seconds:.2f}")
