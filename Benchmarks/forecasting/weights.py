"""Weights and spread of --model auto inside training parts: python weights.py DATA CUTS VEDICH

CUTS holds what cuts.py wrote; VEDICH is the program. No test value is read. Weights of quantile averages make the mean scaled CRPS
over origins smallest, with a small pull to equal ones; spread is the quantile of |y - median| over that of the distribution.
"""
import csv
import os
import subprocess
import sys

import numpy as np
from scipy.optimize import minimize

data, cuts, program = sys.argv[1:4]
PERCENTS = [0.5, 1, 2.5, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 97.5, 99, 99.5]
P = np.array(PERCENTS) / 100
STEP = np.gradient(P) / np.gradient(P).sum()
MEDIAN = PERCENTS.index(50)
train = {}
for row in csv.DictReader(open(f"{data}/train.csv")):
    train.setdefault(row["unique_id"], []).append(float(row["y"]))


def forecasts(cut, model):
    out = f"{cuts}/weights_{cut}_{model}.csv"
    if not os.path.exists(out):
        subprocess.run([program, "forecast", f"{cuts}/train_{cut}.csv", "--unit-column", "unique_id", "--period-column", "ds",
                        "--value-column", "y", "--season", "12", "--horizon", "18", "--no-panel", "--model", model,
                        "--quantiles", ",".join(map(str, PERCENTS)), "--output", out, "--models", out + ".models"], check=True)
    result = {}
    for row in csv.DictReader(open(out)):
        result.setdefault(row["unique_id"], []).append([float(row[f"p{p:g}"]) for p in PERCENTS])
    return result


def origin(cut, dropped, models, horizon=18):
    parts = [forecasts(cut, m) for m in models]
    units = [u for u in train if all(u in p for p in parts)]
    quantiles = np.stack([[p[u][:horizon] for u in units] for p in parts])
    ends = [len(train[u]) - dropped for u in units]
    actual = np.array([train[u][e : e + horizon] for u, e in zip(units, ends)])
    known = [np.array(train[u][:e]) for u, e in zip(units, ends)]
    scale = np.array([np.abs(y[12:] - y[:-12]).mean() for y in known])
    return quantiles, actual, scale


def crps(weights, spread, origins):
    total = 0
    for quantiles, actual, scale in origins:
        q = np.tensordot(weights, quantiles, 1)
        q = q[..., MEDIAN : MEDIAN + 1] + spread * (q - q[..., MEDIAN : MEDIAN + 1])
        y = actual[..., None]
        total += 2 * ((np.where(y >= q, P * (y - q), (1 - P) * (q - y)) * STEP).sum(-1) / scale[:, None]).mean()
    return total / len(origins)


def choose(title, models, origins, pull):
    k = len(models)

    def weights(x):
        e = np.exp(x[:k] - x[:k].max())
        return e / e.sum()

    def loss(x):
        return crps(weights(x), np.exp(x[k]), origins) + pull * ((weights(x) - 1 / k) ** 2).sum()

    simplex = np.vstack([np.zeros(k + 1)] + [(0.6 if j < k else 0.15) * np.eye(k + 1)[j] for j in range(k + 1)])
    best = minimize(loss, np.zeros(k + 1), method="Nelder-Mead",
                    options=dict(maxfev=160, xatol=0.02, fatol=1e-5, initial_simplex=simplex))
    print(title, dict(zip(models, weights(best.x).round(3))), "CRPS", round(crps(weights(best.x), 1, origins), 4))


def spread(title, weights, origins):
    for percent, low, high in ((80, 10, 90), (95, 2.5, 97.5)):
        factors = []
        for h in range(18):
            ratios, shares = [], []
            for quantiles, actual, _ in origins:
                q, y = np.tensordot(weights, quantiles, 1)[:, h], actual[:, h]
                side = np.where(y >= q[:, MEDIAN], q[:, PERCENTS.index(high)] - q[:, MEDIAN], q[:, MEDIAN] - q[:, PERCENTS.index(low)])
                ratios.append(np.abs(y - q[:, MEDIAN]) / np.maximum(side, 1e-9))
                shares.append(np.full(len(y), 1 / len(y)))
            ratios, shares = np.concatenate(ratios), np.concatenate(shares)
            order = np.argsort(ratios)
            factors.append(ratios[order][np.searchsorted(np.cumsum(shares[order]) / shares.sum(), percent / 100)])
        print(title, percent, np.round(factors, 2), "line", np.polyfit(np.arange(1, 19), factors, 1).round(4))


long = ["ets", "arima", "theta", "ces", "stl", "structural", "snaive"]
origins = [origin(f"in{d}", d, long) for d in range(18, 61, 6)]
# Printed to be looked at: equal weights of the first six are used (SeasonalEnsemble says why).
choose("long", long, origins, 0.02)
spread("long", [1 / 6] * 6 + [0], origins[::3])
short = ["ets", "arima", "theta", "ces", "snaive"]
every = []
for k in (12, 16, 24):
    choose(f"last {k}", short, [origin(f"in{d}_k{k}", d, short, h) for d in (18, 27) for h in (6, 12)], 0.01)
    every += [origin(f"in{d}_k{k}", d, short) for d in (18, 27)]
spread("short", [0.05, 0.4, 0.1, 0.3, 0.15], every)
