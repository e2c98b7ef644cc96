"""Appends the rows of statsmodels and linearmodels to agreement-covariance.csv.

White's test, F versions of the auxiliary regressions and MacKinnon's p values are not in R's packages.
Longley's data are so collinear that sandwiches in doubles have seven digits in R and statsmodels: there
the formulas are written out in mpmath with 50 digits.
"""
import warnings

import linearmodels
import mpmath
import numpy as np
import pandas as pd
import scipy
import statsmodels
import statsmodels.api as sm
from linearmodels.panel import PooledOLS
from scipy.integrate import quad
from statsmodels.stats import diagnostic, stattools
from statsmodels.stats.outliers_influence import OLSInfluence, variance_inflation_factor
from statsmodels.tsa.stattools import adfuller, kpss

warnings.simplefilter("ignore")
rows = []


def put(test, data, quantity, value, package="statsmodels"):
    version = {"statsmodels": statsmodels, "linearmodels": linearmodels,
               "mpmath": mpmath, "scipy": scipy}[package].__version__
    rows.append(f"{test},{data},{package},{version},{quantity},{float(value)!r}")


def covariance(test, data, v, package="statsmodels"):
    for i in range(len(v)):
        put(test, data, f"se[{i}]", np.sqrt(v[i, i]), package)
        for j in range(i):
            put(test, data, f"cov[{i};{j}]", v[i, j], package)


def imhof(X, statistic):
    """Imhof's (1961) integral of the exact distribution of Durbin and Watson's statistic."""
    n, k = X.shape
    rest = np.linalg.qr(X, mode="complete")[0][:, k:]
    A = 2 * np.eye(n) - np.eye(n, k=1) - np.eye(n, k=-1)
    A[0, 0] = A[-1, -1] = 1
    w = np.linalg.eigvalsh(rest.T @ A @ rest) - statistic
    def integrand(u):
        return np.sin(0.5 * np.arctan(w * u).sum()) * np.exp(-0.25 * np.log1p((w * u) ** 2).sum()) / u

    pieces = [1e-14, 1, 3, 10, 30, 100, 1000, 10000]
    value = sum(quad(integrand, a, b, limit=500, epsabs=1e-14, epsrel=1e-12)[0] for a, b in zip(pieces, pieces[1:]))
    return 0.5 - value / np.pi


for name in ["longley", "mtcars", "airquality", "stackloss", "macrodata"]:
    d = pd.read_csv(f"agreement-covariance-data/{name}.csv")
    X = np.column_stack([np.ones(len(d)), d.iloc[:, 1:].to_numpy()])
    fit = sm.OLS(d["y"].to_numpy(), X).fit()
    for kind in ["HC0", "HC1", "HC2", "HC3"]:
        covariance(kind.lower(), name, getattr(fit, "cov_" + kind))
    hac = fit.get_robustcov_results("HAC", maxlags=2, use_correction=False)
    covariance("newey_west_2", name, hac.cov_params())
    hac = fit.get_robustcov_results("HAC", maxlags=2, use_correction=True)
    covariance("newey_west_2_adjusted", name, hac.cov_params())
    influence = OLSInfluence(fit)
    for i in range(min(len(d), 12)):
        put("leverage", name, f"row[{i}]", influence.hat_matrix_diag[i])
        put("cooks_distance", name, f"row[{i}]", influence.cooks_distance[0][i])
        put("dffits", name, f"row[{i}]", influence.dffits[0][i])
    for j in range(1, X.shape[1]):
        put("vif", name, f"column[{j}]", variance_inflation_factor(X, j))
    put("durbin_watson", name, "statistic", stattools.durbin_watson(fit.resid))
    if len(d) < 150:  # beyond, macrodata's p value is below the integration's error
        put("durbin_watson", name, "p_exact_greater", imhof(X, stattools.durbin_watson(fit.resid)), "scipy")
    for order in [1, 3]:
        lm, p, f, pf = diagnostic.acorr_breusch_godfrey(fit, order)
        for quantity, value in [("chisq", lm), ("p_chisq", p), ("F", f), ("p_F", pf)]:
            put(f"breusch_godfrey_{order}", name, quantity, value)
    tests = [("breusch_pagan", diagnostic.het_breuschpagan(fit.resid, X))]
    if name != "longley":  # White's test needs 28 columns there, of 16 rows
        tests.append(("white", diagnostic.het_white(fit.resid, X)))
    for test, result in tests:
        for quantity, value in zip(["chisq", "p_chisq", "F", "p_F"], result):
            put(test, name, quantity, value)
    jb, p, skew, kurtosis = stattools.jarque_bera(fit.resid)
    put("jarque_bera", name, "chisq", jb)
    put("jarque_bera", name, "p_chisq", p)
    put("jarque_bera", name, "skewness", skew)
    put("jarque_bera", name, "kurtosis", kurtosis)
    lb = diagnostic.acorr_ljungbox(fit.resid, [4])
    put("ljung_box_4", name, "chisq", lb["lb_stat"].iloc[0])
    put("ljung_box_4", name, "p_chisq", lb["lb_pvalue"].iloc[0])

mpmath.mp.dps = 50
d = pd.read_csv("agreement-covariance-data/longley.csv")
y = mpmath.matrix(d["y"].tolist())
X = mpmath.matrix([[1.0, *row] for row in d.iloc[:, 1:].to_numpy().tolist()])
n, k = X.rows, X.cols
bread = (X.T * X) ** -1
e = y - X * (bread * (X.T * y))
A = X * bread
h = [sum(A[i, j] * X[i, j] for j in range(k)) for i in range(n)]


def product(weights, lag=0):
    """The sum over rows of the influences of rows lag apart."""
    return mpmath.matrix([[sum(weights[t] * A[t, i] * weights[t - lag] * A[t - lag, j]
                               for t in range(lag, n)) for j in range(k)] for i in range(k)])


lagged = product(e)
for lag in [1, 2]:
    part = product(e, lag)
    lagged += (1 - mpmath.mpf(lag) / 3) * (part + part.T)
exact = {"hc0": product(e), "hc1": product(e) * mpmath.mpf(n) / (n - k),
         "hc2": product([e[i] / mpmath.sqrt(1 - h[i]) for i in range(n)]),
         "hc3": product([e[i] / (1 - h[i]) for i in range(n)]),
         "newey_west_2": lagged, "newey_west_2_adjusted": lagged * mpmath.mpf(n) / (n - k)}
for test, v in exact.items():
    for i in range(k):
        put(test, "longley", f"se[{i}]", mpmath.sqrt(v[i, i]), "mpmath")
        for j in range(i):
            put(test, "longley", f"cov[{i};{j}]", v[i, j], "mpmath")
b, v = bread * (X.T * y), exact["hc3"]
chisq = (b[1:, 0].T * (v[1:, 1:] ** -1) * b[1:, 0])[0]
put("wald", "longley", "chisq", chisq, "mpmath")
put("wald", "longley", "F", chisq / (k - 1), "mpmath")

for name in ["grunfeld", "orange", "loblolly"]:
    d = pd.read_csv(f"agreement-covariance-data/{name}.csv")
    columns = [c for c in d.columns if c not in ("y", "unit", "time")]
    X = np.column_stack([np.ones(len(d)), d[columns].to_numpy()])
    fit = sm.OLS(d["y"].to_numpy(), X).fit()
    unit = fit.get_robustcov_results("cluster", groups=d["unit"].to_numpy())
    covariance("cluster_unit", name, unit.cov_params())
    both = fit.get_robustcov_results("cluster", groups=d[["unit", "time"]].to_numpy().astype(int))
    covariance("cluster_two_way_unrepaired", name, both.cov_params())
    p = d.set_index(["unit", "time"])
    p.insert(0, "one", 1.0)
    pooled = PooledOLS(p["y"], p[["one"] + columns])
    for debiased, test in [(False, "driscoll_kraay_2"), (True, "driscoll_kraay_2_adjusted")]:
        v = pooled.fit(cov_type="kernel", kernel="bartlett", bandwidth=2, debiased=debiased).cov
        covariance(test, name, v.to_numpy(), "linearmodels")

for name in ["nile", "lakehuron", "nhtemp"]:
    y = pd.read_csv(f"agreement-covariance-data/{name}.csv")["y"].to_numpy()
    for regression, kind in [("n", "none"), ("c", "drift"), ("ct", "trend"), ("ctt", "quadratic")]:
        for lags in [0, 2]:
            stat, p, _, n, critical = adfuller(y, lags, regression, autolag=None)[:5]
            test = f"adf_{kind}_{lags}"
            put(test, name, "statistic", stat)
            put(test, name, "p", p)
            for level in ["1%", "5%", "10%"]:
                put(test, name, "critical_" + level[:-1], critical[level])
        for criterion in ["AIC", "BIC"]:
            stat, p, lags = adfuller(y, None, regression, autolag=criterion)[:3]
            for quantity, value in [("statistic", stat), ("p", p), ("lags", lags)]:
                put(f"adf_{kind}_{criterion.lower()}", name, quantity, value)
    for regression, kind in [("c", "level"), ("ct", "trend")]:
        stat, p, lags = kpss(y, regression, "auto")[:3]
        for quantity, value in [("statistic", stat), ("p", p), ("lags", lags)]:
            put(f"kpss_{kind}_automatic", name, quantity, value)

with open("agreement-covariance.csv", "a") as out:
    out.write("\n".join(rows) + "\n")
