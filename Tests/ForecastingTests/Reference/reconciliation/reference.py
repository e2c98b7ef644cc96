"""Writes residuals.csv and reconciled.csv beside it: hierarchicalforecast 1.5.3; with bounds scipy 1.17.1 lsq_linear.

(hierarchicalforecast's own bounded answers stop early: their objective is up to 0.1 % above the optimum.)"""
import csv, pathlib
import numpy as np
from hierarchicalforecast.methods import MinTrace
from scipy.optimize import lsq_linear

here = pathlib.Path(__file__).parent
rng = np.random.default_rng(20261122)
bottom = 8
groups = [list(range(8)), [0, 1, 2, 3], [4, 5, 6, 7], [0, 2, 5], [1, 3, 4, 6, 7]]
S = np.vstack([[1.0 if j in g else 0.0 for j in range(bottom)] for g in groups] + [np.eye(bottom)])
common = rng.normal(size=30)
insample_errors = np.vstack([0.6 * common * (1 + i / 5) + rng.normal(size=30) * (1 + 0.3 * i)
                             for i in range(len(S))]).round(6)
base = (S @ rng.uniform(5, 40, bottom) + rng.normal(size=len(S)) * 6).round(6)
low = base.copy(); low[0] *= 0.35; low[7] = 0.0; low[10] = 0.4
insample = np.zeros_like(insample_errors) + 100
deviations = insample_errors - insample_errors.mean(1, keepdims=True)
n = deviations.shape[1]
sample = deviations @ deviations.T / (n - 1)
z = deviations / np.sqrt(np.diag(sample))[:, None]
top = bottom_sum = 0.0
for i in range(len(S)):
    for j in range(i):
        w = z[i] * z[j]
        top += n / (n - 1) ** 3 * ((w - w.mean()) ** 2).sum()
        bottom_sum += (n / (n - 1) * w.mean()) ** 2
shrunk = (1 - top / bottom_sum) * sample + top / bottom_sum * np.diag(np.diag(sample))
weights = {"ols": np.eye(len(S)), "wls_struct": np.diag(S.sum(1)),
           "wls_var": np.diag((insample_errors ** 2).mean(1)), "mint_shrink": shrunk}
rows = []
for name, y in [("base", base), ("low", low)]:
    for method, kwargs in [("ols", {}), ("wls_struct", {}), ("wls_var", {}), ("mint_shrink", {"mint_shr_ridge": 0.0})]:
        out = MinTrace(method=method, **kwargs).fit_predict(
            S=S, y_hat=y[:, None], y_insample=insample, y_hat_insample=insample - insample_errors)
        rows += [(name, method, False, i, repr(float(v))) for i, v in enumerate(out["mean"][:, 0])]
        if name == "low":
            white = np.linalg.inv(np.linalg.cholesky(weights[method]))
            found = S @ lsq_linear(white @ S, white @ y, bounds=(0, np.inf), tol=1e-14).x
            rows += [(name, method, True, i, repr(float(v))) for i, v in enumerate(found)]
with open(here / "reconciled.csv", "w", newline="") as f:
    w = csv.writer(f); w.writerow(["base", "method", "nonnegative", "series", "value"]); w.writerows(rows)
with open(here / "residuals.csv", "w", newline="") as f:
    w = csv.writer(f); w.writerow(["series", "base", "low"] + [f"r{t+1}" for t in range(30)])
    for i in range(len(S)): w.writerow([i, base[i], low[i], *insample_errors[i]])
