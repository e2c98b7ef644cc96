"""Adds the rows of scikit-learn (ridge logistic), statsmodels and linearmodels to agreement-robust.csv; run after agreement-robust.R."""
import warnings
import numpy as np, pandas as pd
import sklearn, statsmodels, statsmodels.api as sm, linearmodels
from sklearn.linear_model import LogisticRegression
from linearmodels.panel import PanelOLS

warnings.simplefilter("ignore")
kept = [l for l in open("agreement-robust.csv").read().splitlines() if "agreement-robust.py" not in l]

def put(estimator, data, names, options, quantity, value, package, version):
    formula = "y ~ " + " + ".join(names)
    kept.append(f"{estimator},{data},{formula},{options},{quantity},{value!r},{package},{version},agreement-robust.py,,")

def read(name):
    d = pd.read_csv(f"agreement-robust-data/{name}.csv")
    return d, [c for c in d.columns if c not in ("y", "unit", "time", "trials")]

for s in ("birthwt", "infert", "transmission"):
    d, names = read(s)
    for penalty in (0.5, 4.0):
        # Newton's steps until nothing moves; the intercept is not penalised. Objective: C * loss + w'w / 2.
        m = LogisticRegression(C=1 / penalty, solver="newton-cholesky", tol=1e-14, max_iter=1000).fit(d[names].values, d.y)
        for name, b in zip(["(Intercept)"] + names, [m.intercept_[0], *m.coef_[0]]):
            put("logistic", s, names, f"penalty=ridge:{penalty}", f"coef:{name}", float(b), "scikit-learn", sklearn.__version__)
    m = sm.Logit(d.y, sm.add_constant(d[names])).fit(method="newton", tol=1e-14, maxiter=100, disp=0)
    for name in m.params.index:
        term = "(Intercept)" if name == "const" else name
        put("logistic", s, names, "", f"coef:{term}", float(m.params[name]), "statsmodels", statsmodels.__version__)
        put("logistic", s, names, "", f"se:{term}", float(m.bse[name]), "statsmodels", statsmodels.__version__)
for s in ("grunfeld", "emplUK", "produc"):
    d, names = read(s)
    p = d.set_index(["unit", "time"])
    for effect, two in (("individual", False), ("twoways", True)):
        m = PanelOLS(p.y, p[names], entity_effects=True, time_effects=two).fit(cov_type="unadjusted", debiased=True)
        for name in names:
            o = f"effect={effect};covariance=classical"
            put("fixed-effects", s, names, o, f"coef:{name}", float(m.params[name]), "linearmodels", linearmodels.__version__)
            put("fixed-effects", s, names, o, f"se:{name}", float(m.std_errors[name]), "linearmodels", linearmodels.__version__)
open("agreement-robust.csv", "w").write("\n".join(kept) + "\n")
