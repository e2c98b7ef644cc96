"""Prints the reference numbers of LinearModelTests and AutoregressiveTests.

statsmodels 0.15.0 for ordinary least squares; for the autoregression the restricted likelihood is
written out with dense matrices in numpy and maximized by scipy, whose code shares nothing with ours.
"""
import numpy as np
import scipy
import statsmodels
import statsmodels.api as sm
from scipy.optimize import minimize_scalar

print(np.__version__, scipy.__version__, statsmodels.__version__)
y = np.array([4.1, 5.0, 4.7, 6.2, 7.9, 7.1, 8.8, 9.1, 9.0, 11.3, 10.6, 12.4])
x = np.array([1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
z = np.array([0.3, -0.1, 0.8, 1.2, -0.6, 0.4, 0.0, 1.1, -0.9, 0.2, 0.7, -0.3])
X = np.column_stack([np.ones(12), x, z])
fit = sm.OLS(y, X).fit()
for name, value in [("params", fit.params), ("bse", fit.bse), ("t", fit.tvalues), ("p", fit.pvalues),
                    ("ci90", fit.conf_int(0.1)), ("r2", fit.rsquared), ("adj", fit.rsquared_adj),
                    ("llf", fit.llf), ("aic + 2", fit.aic + 2), ("bic + log n", fit.bic + np.log(12)),
                    ("scale", fit.scale)]:
    print(name, np.asarray(value).tolist())
row = np.array([[1.0, 14, 0.5]])
print("prediction", fit.get_prediction(row).summary_frame(0.1).iloc[0].to_dict())


def gls(phi, X, y, t):
    """-2 log restricted likelihood and what goes with it, by dense matrices."""
    n, p = X.shape
    R = phi ** np.abs(np.subtract.outer(t, t)) if phi > 0 else np.eye(n)
    inverse = np.linalg.inv(R)
    gram = X.T @ inverse @ X
    beta = np.linalg.solve(gram, X.T @ inverse @ y)
    u = y - X @ beta
    rss = u @ inverse @ u
    log_r = np.linalg.slogdet(R)[1]
    deviance = (n - p) * np.log(rss) + log_r + np.linalg.slogdet(gram)[1]
    gamma = rss / (n - p)
    llf = -0.5 * (n * np.log(2 * np.pi * gamma) + log_r + n - p)
    return deviance, beta, gamma, gamma * np.linalg.inv(gram), u, llf


def report(name, X, y, t):
    grid = np.linspace(0, 0.98, 981)
    values = [gls(v, X, y, t)[0] for v in grid]
    k = int(np.argmin(values))
    phi = grid[k]
    if 0 < k < 980:
        phi = minimize_scalar(lambda v: gls(v, X, y, t)[0], bounds=(grid[k - 1], grid[k + 1]),
                              method="bounded", options={"xatol": 1e-10}).x
    _, beta, gamma, cov, u, llf = gls(phi, X, y, t)
    print(name, "phi", float(phi), "beta", beta.tolist(), "gamma", float(gamma),
          "se", np.sqrt(np.diag(cov)).tolist(), "last", float(u[-1]), "llf", float(llf))


t = np.array([0, 1, 2, 3, 5, 6, 7, 8, 9, 12, 13, 14, 15, 16, 17, 18, 20, 21, 22, 23])
u = np.array([0.9, 1.4, 0.8, 1.1, -0.2, -0.7, -0.4, -1.3, -0.6, 0.5, 0.9, 1.6, 1.2, 0.3, 0.1, -0.8,
              -0.5, -0.1, 0.6, 0.4])
report("gaps", np.column_stack([np.ones(20), t]), 10 + 0.5 * t + u, t)
report("independent", X[:, :2], y, np.arange(12))
walk = np.cumsum([3, 1.1, -0.2, 1.6, 0.9, 1.3, 0.2, 2.1, 1.4, 0.3, 0.8, 1.9, 1.2, 0.4, 1.7, 0.6])
steps = np.arange(16)
report("walk", np.ones((16, 1)), walk, steps)
report("three", np.column_stack([np.ones(20), t, np.cos(t)]), 10 + 0.5 * t + u, t)
