"""Makes theta.csv: the theta models of statsforecast 2.1.1 on the series of ../classic.

For each series (season of 12, 4 or 1): the test and the indices of its classical decomposition (seasonal_decompose of statsmodels
0.15.0); for each model the objective (sum of squared errors after the third) and the forecasts at parameters chosen by hand, and
the objective at the parameters that statsforecast finds. Run as: python theta.py > theta.csv
"""

import csv
import glob
import os
import sys

import numpy as np
from statsforecast._lib import theta as core
from statsforecast.theta import auto_theta, forecast_theta

SEASONS = {"AirPassengers": 12, "USAccDeaths": 12, "UKDriverDeaths": 12, "nottem": 12, "co2": 12, "ldeaths": 12,
           "UKgas": 4, "JohnsonJohnson": 4, "austres": 4}
HERE = os.path.dirname(os.path.abspath(__file__))
ALPHA, THETA = 0.37, 2.6

write = csv.writer(sys.stdout, lineterminator="\n")
write.writerow(["series", "season", "model", "quantity", "step", "value"])
for path in sorted(glob.glob(os.path.join(HERE, "../classic/*.csv"))):
    name = os.path.basename(path)[:-4]
    season = SEASONS.get(name, 1)
    y = np.array([float(row["value"]) for row in csv.DictReader(open(path))])
    def row(model, quantity, step, value):
        write.writerow([name, season, model, quantity, step, repr(float(value))])
    for model in ("STM", "OTM", "DSTM", "DOTM"):
        theta = 2.0 if model.endswith("STM") else THETA
        level = y[0] * 0.45
        fixed = auto_theta(y, season, model=model, initial_smoothed=level, alpha=ALPHA, theta=theta)
        kind = fixed["decomposition_type"] if fixed.get("decompose") else None
        adjusted = y
        if kind:
            indices = np.resize(np.roll(fixed["seas_forecast"]["mean"], len(y) % season), len(y))
            adjusted = y / indices if kind == "multiplicative" else y - indices
        errors = core.pegels_resid(adjusted, getattr(core.ModelType, model), level, ALPHA, theta, 3)[1]
        row(model, "fixed_sum", 0, np.sum(errors[3:] ** 2))
        means = forecast_theta(fixed, 18)["mean"]
        for step in (1, 2, 6, 18):
            row(model, "fixed_mean", step, means[step - 1])
        best = auto_theta(y, season, model=model)
        row(model, "best_sum", 0, np.sum(core.pegels_resid(
            adjusted, getattr(core.ModelType, model), best["par"]["initial_smoothed"], best["par"]["alpha"],
            best["par"]["theta"], 3)[1][3:] ** 2))
        if model == "STM":
            row(model, "kind", 0, {None: 0, "additive": 1, "multiplicative": 2}[kind])
            if kind:
                for step, value in enumerate(fixed["seas_forecast"]["mean"]):
                    row(model, "index", step + 1, value)
