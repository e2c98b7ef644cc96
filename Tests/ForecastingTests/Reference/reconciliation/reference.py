"""Writes hierarchy.csv, residuals.csv and reconciled.csv beside it: hierarchicalforecast 1.5.3, numpy."""
import csv, pathlib
import numpy as np, scipy.sparse as sp
from hierarchicalforecast.methods import MinTrace, BottomUp

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
rows = []
for name, y in [("base", base), ("low", low)]:
    for method, kwargs in [("ols", {}), ("wls_struct", {}), ("wls_var", {}), ("mint_shrink", {"mint_shr_ridge": 0.0})]:
        for nonnegative in ([False, True] if name == "low" else [False]):
            model = MinTrace(method=method, nonnegative=nonnegative, **kwargs)
            out = model.fit_predict(S=S, y_hat=y[:, None], y_insample=insample,
                                    y_hat_insample=insample - insample_errors)
            rows += [(name, method, nonnegative, i, repr(float(v))) for i, v in enumerate(out["mean"][:, 0])]
with open(here / "reconciled.csv", "w", newline="") as f:
    w = csv.writer(f); w.writerow(["base", "method", "nonnegative", "series", "value"]); w.writerows(rows)
with open(here / "residuals.csv", "w", newline="") as f:
    w = csv.writer(f); w.writerow(["series", "base", "low"] + [f"r{t+1}" for t in range(30)])
    for i in range(len(S)): w.writerow([i, base[i], low[i], *insample_errors[i]])
