"""Makes models.csv: forecasts of other programs for the tests of ForecastingTests.

statsforecast 2.1.1 (RandomWalkWithDrift), statsmodels 0.15.0 (OLS, ETSModel, ARIMA), numpy 2.4.6, pandas 3.1.1.
Series: Nile, annual flow at Aswan 1871-1970 in 10^8 m3, from statsmodels.datasets.nile.
"""

import csv
import sys

import numpy as np
import pandas
import statsforecast
import statsmodels
from scipy import stats
from statsforecast.models import RandomWalkWithDrift
from statsmodels.datasets import nile
from statsmodels.regression.linear_model import OLS
from statsmodels.tsa.arima.model import ARIMA
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

flow = nile.load_pandas().data["volume"].to_numpy(dtype=float)
rows = []

for length in (10, 40, 100):
    y = flow[:length]
    forecast = RandomWalkWithDrift().forecast(y=y, h=24, level=[95])
    z = stats.norm.ppf(0.975)
    for h in (1, 5, 24):
        mean = forecast["mean"][h - 1]
        deviation = (forecast["hi-95"][h - 1] - mean) / z
        rows.append(("drift", length, h, mean, deviation))
    # As R's forecast::rwf: sigma and the drift's standard error are those of lm(diff(y) ~ 1), degrees of freedom T - 2.
    walk = OLS(np.diff(y), np.ones(length - 1)).fit()
    for h in (1, 5, 24):
        deviation = np.sqrt(h * walk.mse_resid + (h * walk.bse[0]) ** 2)
        rows.append(("drift-ols", length, h, y[-1] + h * walk.params[0], deviation))

for alpha, slope_gain, phi in ((0.2, 0.05, 0.8), (0.5, 0.3, 0.95), (0.8, 0.6, 0.9)):
    beta = alpha * slope_gain
    y = flow[:40]
    level, slope = y[0], (y[5] - y[0]) / 5
    # ETSModel's own order of events is y = l + phi b + e; its first observation updates the initial states, so that
    # the filter under test (which starts at the first value) equals one that begins with the second value.
    model = ETSModel(
        pandas.Series(y[1:]), error="add", trend="add", damped_trend=True,
        initialization_method="known", initial_level=level, initial_trend=slope)
    fit = model.smooth([alpha, beta, phi])
    forecast = fit.get_prediction(start=39, end=39 + 11)
    sigma2 = float(np.mean(fit.resid**2))
    for h in (1, 2, 5, 12):
        rows.append((
            f"damped-{alpha}-{slope_gain}-{phi}", 40, h, forecast.predicted_mean.iloc[h - 1],
            np.sqrt(np.asarray(forecast.forecast_variance)[h - 1] / sigma2)))
    rows.append((f"damped-{alpha}-{slope_gain}-{phi}", 40, 0, float(np.sum(fit.resid**2)), 0.0))

for rho in (-0.4, 0.3, 0.9):
    y = flow[:30] - 900
    model = ARIMA(y, order=(1, 0, 0), trend="n")
    fit = model.filter([rho, 100.0])
    forecast = fit.get_forecast(12)
    for h in (1, 2, 12):
        rows.append((
            f"ar1-{rho}", 30, h, forecast.predicted_mean[h - 1], forecast.se_mean[h - 1]))

with open("models.csv", "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["model", "length", "horizon", "mean", "deviation"])
    for row in rows:
        writer.writerow([row[0], row[1], row[2], repr(float(row[3])), repr(float(row[4]))])
print(statsmodels.__version__, statsforecast.__version__, np.__version__, file=sys.stderr)
