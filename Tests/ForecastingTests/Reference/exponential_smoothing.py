"""Makes exponential_smoothing.csv: other programs with fixed parameters and start states.

ETSModel of statsmodels 0.15.0; for multiplicative seasons statsforecast 2.1.1 (the C code of R's forecast::ets), because statsmodels
divides by the new level there, as Holt and Winters did, where the state-space model (HKOS08, table 2.2) has the old one.

Series, small and public: AirPassengers (Box & Jenkins 1976, series G; international airline passengers, thousands), and the Nile
(statsmodels.datasets.nile). The gains and start states are chosen by hand, not estimated.
"""

import csv
import sys

import numpy as np
import pandas
import statsmodels
from statsforecast.ets import pegelsfcast_C, pegelsresid_C
from statsmodels.datasets import nile
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

AIR = [
    112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170, 170, 158, 133,
    114, 140, 145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166, 171, 180, 193, 181, 183, 218, 230, 242,
    209, 191, 172, 194, 196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201, 204, 188, 235, 227, 234, 264,
    302, 293, 259, 229, 203, 229, 242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278, 284, 277, 317, 313,
    318, 374, 413, 405, 355, 306, 271, 306, 315, 301, 356, 348, 355, 422, 465, 467, 404, 347, 305, 336, 340, 318,
    362, 348, 363, 435, 491, 505, 404, 359, 310, 337, 360, 342, 406, 396, 420, 472, 548, 559, 463, 407, 362, 405,
    417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432]
ADDED = [-8, -9, 7, 3, -2, 12, 25, 22, 8, -12, -29, -17]
FACTOR = [0.91, 0.89, 1.02, 0.98, 0.97, 1.1, 1.21, 1.2, 1.05, 0.92, 0.81, 0.94]
SERIES = {"air": AIR, "nile": nile.load_pandas().data["volume"].tolist()}
LEVEL = {"air": 120.0, "nile": 1100.0}
SLOPE = {"air": 2.0, "nile": -3.0}
ALPHA, BETA, GAMMA, PHI = 0.35, 0.04, 0.15, 0.95

rows = []
for name in SERIES:
    y = np.array(SERIES[name], dtype=float)
    for code in ("ANN AAN AAdN ANA AAA AAdA MNN MAN MAdN MNA MAA MAdA MNM MAM MAdM".split()):
        error, trend, season = code[0], code[1:-1], code[-1]
        if name == "nile" and season != "N":
            continue
        if season == "M":
            # The state of the first observation comes last.
            begin = [LEVEL[name]] + ([SLOPE[name]] if trend != "N" else []) + FACTOR[::-1]
            damped = trend == "Ad"
            _, _, x, criterion = pegelsresid_C(
                y, 12, np.array(begin), error, trend[0], season, damped, ALPHA, BETA, GAMMA, PHI, 1)
            n = len(y)
            rows.append((name, code, "loglike", 0, -0.5 * (criterion + n * (np.log(2 * np.pi / n) + 1))))
            rows.append((name, code, "level", n, x[-1][0]))
            if trend != "N":
                rows.append((name, code, "slope", n, x[-1][1]))
            rows.append((name, code, "season", n, x[-1][-12]))
            fitted = dict(states=x, components=error + trend[0] + season + ("D" if damped else "N"), m=12,
                          par=[ALPHA, BETA, GAMMA, PHI])
            forecast = pegelsfcast_C(18, fitted)
            # Its damped forecasts add phi instead of phi^2 at the second step (statsmodels adds phi^2): the first step only.
            for h in (1,) if damped else (1, 2, 12, 18):
                rows.append((name, code, "mean", h, forecast[h - 1]))
            continue
        word = {"A": "add", "M": "mul", "N": None}
        states = ADDED if season == "A" else FACTOR
        known = dict(initialization_method="known", initial_level=LEVEL[name])
        parameters = [ALPHA]
        if trend != "N":
            known["initial_trend"] = SLOPE[name]
            parameters.append(BETA)
        if season != "N":
            # statsmodels' list begins with the state of the first observation.
            known.update(initial_seasonal=np.array(states, dtype=float), seasonal_periods=12)
            parameters.append(GAMMA)
        if trend == "Ad":
            parameters.append(PHI)
        model = ETSModel(pandas.Series(y), error=word[error], trend=None if trend == "N" else "add",
                         damped_trend=trend == "Ad", seasonal=word[season], **known)
        fit = model.smooth(parameters)
        rows.append((name, code, "loglike", 0, fit.llf))
        rows.append((name, code, "level", len(y), np.asarray(fit.level)[-1]))
        if trend != "N":
            rows.append((name, code, "slope", len(y), np.asarray(fit.slope)[-1]))
        if season != "N":
            rows.append((name, code, "season", len(y), np.asarray(fit.season)[-1]))
        forecast = np.asarray(fit.forecast(18))
        for h in (1, 2, 12, 18):
            rows.append((name, code, "mean", h, forecast[h - 1]))
        if error == "A" and season != "M":
            exact = fit.get_prediction(start=len(y), end=len(y) + 17)
            for h in (1, 2, 12, 18):
                # Variance for an error variance of 1.
                variance = np.asarray(exact.forecast_variance)[h - 1] / np.mean(np.asarray(fit.resid) ** 2)
                rows.append((name, code, "variance", h, variance))

with open("exponential_smoothing.csv", "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["series", "form", "quantity", "step", "value"])
    for row in rows:
        writer.writerow([*row[:4], repr(float(row[4]))])
print(statsmodels.__version__, file=sys.stderr)
