"""Writes quantiles.csv with scipy 1.17.1: name,parameter1,parameter2,probability,quantile,upper."""
import csv
import sys
from scipy import stats

CASES = [
    ("normal", stats.norm, (0, 1)), ("t", stats.t, (0.3,)), ("t", stats.t, (1,)),
    ("t", stats.t, (3.7,)), ("t", stats.t, (29,)), ("t", stats.t, (5000,)),
    ("chi2", stats.chi2, (0.1,)), ("chi2", stats.chi2, (3,)), ("chi2", stats.chi2, (900,)),
    ("gamma", stats.gamma, (0.8, 2)), ("beta", stats.beta, (0.5, 3)),
    ("beta", stats.beta, (40, 9)), ("f", stats.f, (2, 9)), ("f", stats.f, (30, 4)),
]
out = csv.writer(sys.stdout, lineterminator="\n")
for name, family, parameters in CASES:
    d = family(parameters[0], scale=parameters[1]) if name == "gamma" else family(*parameters)
    for p in (1e-12, 1e-4, 0.025, 0.3, 0.49, 0.6, 0.9, 0.999):
        out.writerow([name, parameters[0], parameters[-1], p]
                     + [repr(float(v)) for v in (d.ppf(p), d.isf(p))])
