"""Writes distributions.csv with scipy 1.17.1: name,parameter1,parameter2,x,cdf,upper,logdensity."""
import csv
import sys
from scipy import stats

CASES = [
    ("normal", stats.norm, (0, 1), [-37.0, -12.5, -5.0, -1.96, -0.3, 0.0, 1e-9, 0.7, 2.5, 8.0, 30.0]),
    ("normal", stats.norm, (3, 0.25), [1.0, 2.9, 3.0, 3.7, 5.0]),
    ("t", stats.t, (0.3,), [-1e9, -4.0, 0.1, 1.0, 50.0, 1e12]),
    ("t", stats.t, (1,), [-1e6, -2.0, 0.001, 3.0, 1e8]),
    ("t", stats.t, (2.5,), [-300.0, -1.0, 0.2, 4.0, 1e5]),
    ("t", stats.t, (4,), [-60.0, -2.0, 0.0, 1.0, 7.0, 900.0]),
    ("t", stats.t, (29,), [-25.0, -3.0, 0.5, 2.0, 12.0]),
    ("t", stats.t, (400,), [-20.0, -1.0, 1e-6, 3.0, 9.0]),
    ("t", stats.t, (1e6,), [-7.0, 0.3, 4.0]),
    ("chi2", stats.chi2, (0.1,), [1e-20, 0.001, 0.4, 9.0, 80.0]),
    ("chi2", stats.chi2, (1,), [1e-12, 0.5, 3.84, 60.0, 400.0]),
    ("chi2", stats.chi2, (10,), [0.01, 4.0, 9.3, 18.3, 200.0]),
    ("chi2", stats.chi2, (5000,), [4300.0, 4990.0, 5050.0, 5900.0]),
    ("gamma", stats.gamma, (0.5, 2), [1e-8, 0.3, 2.0, 90.0]),
    ("gamma", stats.gamma, (7.3, 0.1), [0.02, 0.5, 0.73, 6.0]),
    ("beta", stats.beta, (0.5, 0.5), [1e-10, 0.2, 0.5, 0.999]),
    ("beta", stats.beta, (2, 30), [1e-6, 0.03, 0.2, 0.7]),
    ("beta", stats.beta, (800, 1200), [0.3, 0.39, 0.41, 0.5]),
    ("f", stats.f, (1, 7), [0.01, 1.0, 5.6, 400.0]),
    ("f", stats.f, (3, 120), [0.01, 0.8, 2.7, 30.0]),
    ("f", stats.f, (40, 2.5), [0.05, 1.3, 20.0, 1e5]),
]
DISCRETE = [
    ("binomial", stats.binom, (20, 0.3), [0, 3, 6, 15, 20]),
    ("binomial", stats.binom, (5000, 0.02), [40, 99, 120, 220]),
    ("poisson", stats.poisson, (0.7,), [0, 1, 5, 20]),
    ("poisson", stats.poisson, (250,), [120, 249, 270, 500]),
]
out = csv.writer(sys.stdout, lineterminator="\n")
for name, family, parameters, xs in CASES:
    if name == "gamma":
        d = family(parameters[0], scale=parameters[1])
    else:
        d = family(*parameters)
    for x in xs:
        out.writerow([name, parameters[0], parameters[-1], repr(x)]
                     + [repr(float(v)) for v in (d.cdf(x), d.sf(x), d.logpdf(x))])
for name, family, parameters, xs in DISCRETE:
    d = family(*parameters)
    for x in xs:
        out.writerow([name, parameters[0], parameters[-1], x]
                     + [repr(float(v)) for v in (d.cdf(x), d.sf(x), d.logpmf(x))])
