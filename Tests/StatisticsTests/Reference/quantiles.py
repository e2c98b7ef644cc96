"""Writes quantiles.csv with mpmath 1.3.0: name,parameter1,parameter2,probability,quantile,upper.

scipy 1.17.1 gives each root's start; its own quantiles of beta(0.5, 3) and F are wrong far out
(F(2, 9) has the closed form 4.5 (q**(-2/9) - 1)), so the roots are found again in 60 digits.
"""
import csv
import sys
from mpmath import mp, mpf
from scipy import stats
from distributions import tails

CASES = [
    ("normal", stats.norm, (0, 1)), ("t", stats.t, (0.3,)), ("t", stats.t, (1,)),
    ("t", stats.t, (3.7,)), ("t", stats.t, (29,)), ("t", stats.t, (5000,)),
    ("chi2", stats.chi2, (0.1,)), ("chi2", stats.chi2, (3,)), ("chi2", stats.chi2, (900,)),
    ("gamma", stats.gamma, (0.8, 2)), ("beta", stats.beta, (0.5, 3)),
    ("beta", stats.beta, (40, 9)), ("f", stats.f, (2, 9)), ("f", stats.f, (30, 4)),
    ("logistic", stats.logistic, (0, 1)), ("logistic", stats.logistic, (-2, 0.3)),
]


def refine(name, p, start, probability, side):
    def difference(u):
        x = sign * mp.exp(u) if positive else u
        return mp.log(tails(name, p, x)[side]) - mp.log(probability)
    positive = name not in ("normal", "logistic")
    sign = -1 if start < 0 else 1
    u = mp.log(abs(mpf(start))) if positive else mpf(start)
    root = mp.findroot(difference, (u, u + mpf("1e-6")), tol=mpf("1e-40"), maxsteps=60)
    return sign * mp.exp(root) if positive else root


if __name__ == "__main__":
    out = csv.writer(sys.stdout, lineterminator="\n")
    for name, family, parameters in CASES:
        d = family(parameters[0], scale=parameters[1]) if name == "gamma" else family(*parameters)
        p = [mpf(v) for v in parameters]
        for probability in (1e-12, 1e-4, 0.025, 0.3, 0.49, 0.6, 0.9, 0.999):
            q = mpf(probability)
            roots = [refine(name, p, d.ppf(probability), q, 0),
                     refine(name, p, d.isf(probability), q, 1)]
            out.writerow([name, parameters[0], parameters[-1], probability]
                         + [repr(float(v)) for v in roots])
