# Writes logistic-data.csv and logistic-results.csv: weighted logistic regressions with a normal prior and with signs
# demanded, for SignConstrainedLogisticTests.
# statsmodels 0.15: GLM(family=Binomial(), freq_weights) for the unpenalised fit;
# scipy: minimize(method="L-BFGS-B" with bounds, then "SLSQP" from there) for the others.
import numpy as np, statsmodels.api as sm
from scipy.optimize import minimize

rng = np.random.default_rng(20260106)
n = 80
x = rng.normal(size=(n, 3))
x[:, 2] += 0.5 * x[:, 0]
eta = 0.3 + 1.1 * x[:, 0] - 0.8 * x[:, 1] + 0.1 * x[:, 2]
y = (rng.random(n) < 1 / (1 + np.exp(-eta))).astype(float)
v = np.round(rng.uniform(0.2, 2, n), 3)
x = np.round(x, 6)
X = np.column_stack([np.ones(n), x])
np.savetxt("logistic-data.csv", np.column_stack([X[:, 1:], y, v]), delimiter=",", fmt="%.6f",
           header="x1,x2,x3,y,weight", comments="")
A = np.array([[0.5, 0.1, 0, 0], [0.1, 3, 0.4, 0.2], [0, 0.4, 2, -0.3], [0, 0.2, -0.3, 4]])
c = np.array([0.1, 0.2, 0.3, 0.5])


def f(b, P):
    e = X @ b
    d = b - c
    return (v * (np.logaddexp(0, e) - y * e)).sum() + d @ P @ d / 2, X.T @ (v * (1 / (1 + np.exp(-e)) - y)) + P @ d


def fit(P, signs):
    bounds = [(0, None) if s else (None, None) for s in signs]
    start = minimize(f, np.zeros(4), args=(P,), jac=True, bounds=bounds, method="L-BFGS-B",
                     options=dict(maxiter=10000, ftol=1e-16, gtol=1e-12)).x
    return minimize(f, start, args=(P,), jac=True, bounds=bounds, method="SLSQP",
                    options=dict(maxiter=10000, ftol=1e-16)).x


rows = [("plain", sm.GLM(y, X, family=sm.families.Binomial(), freq_weights=v).fit(tol=1e-14).params),
        ("prior", fit(A, [0, 0, 0, 0])), ("signs", fit(A, [0, 1, 1, 1])),
        ("unpenalised-signs", fit(0 * A, [0, 1, 1, 1]))]
with open("logistic-results.csv", "w") as out:
    out.write("case,b0,b1,b2,b3\n")
    for name, b in rows:
        out.write(name + "," + ",".join("%.12g" % k for k in b) + "\n")
