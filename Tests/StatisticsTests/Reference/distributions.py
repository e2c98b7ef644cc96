"""Writes distributions.csv with mpmath 1.3.0: name,parameter1,parameter2,x,cdf,upper,logdensity.

In 60 digits: scipy 1.17.1 agrees to 1e-12 but for t with 1e6 degrees of freedom (1e-11).
"""
import csv
import sys
from mpmath import mp, mpf

mp.dps = 60

CASES = [
    ("normal", (0, 1), [-37.0, -12.5, -5.0, -1.96, -0.3, 0.0, 1e-9, 0.7, 2.5, 8.0, 30.0]),
    ("normal", (3, 0.25), [1.0, 2.9, 3.0, 3.7, 5.0]),
    ("t", (0.3,), [-1e9, -4.0, 0.1, 1.0, 50.0, 1e12]),
    ("t", (1,), [-1e6, -2.0, 0.001, 3.0, 1e8]),
    ("t", (2.5,), [-300.0, -1.0, 0.2, 4.0, 1e5]),
    ("t", (4,), [-60.0, -2.0, 0.0, 1.0, 7.0, 900.0]),
    ("t", (29,), [-25.0, -3.0, 0.5, 2.0, 12.0]),
    ("t", (400,), [-20.0, -1.0, 1e-6, 3.0, 9.0]),
    ("t", (1e6,), [-7.0, 0.3, 4.0]),
    ("chi2", (0.1,), [1e-20, 0.001, 0.4, 9.0, 80.0]),
    ("chi2", (1,), [1e-12, 0.5, 3.84, 60.0, 400.0]),
    ("chi2", (10,), [0.01, 4.0, 9.3, 18.3, 200.0]),
    ("chi2", (5000,), [4300.0, 4990.0, 5050.0, 5900.0]),
    ("gamma", (0.5, 2), [1e-8, 0.3, 2.0, 90.0]),
    ("gamma", (7.3, 0.1), [0.02, 0.5, 0.73, 6.0]),
    ("beta", (0.5, 0.5), [1e-10, 0.2, 0.5, 0.999]),
    ("beta", (2, 30), [1e-6, 0.03, 0.2, 0.7]),
    ("beta", (800, 1200), [0.3, 0.39, 0.41, 0.5]),
    ("f", (1, 7), [0.01, 1.0, 5.6, 400.0]),
    ("f", (3, 120), [0.01, 0.8, 2.7, 30.0]),
    ("f", (40, 2.5), [0.05, 1.3, 20.0, 1e5]),
    ("logistic", (0, 1), [-700.0, -40.0, -3.0, -1e-9, 0.0, 0.8, 37.0, 700.0]),
    ("logistic", (-2, 0.3), [-90.0, -2.5, -1.9, 4.0, 60.0]),
]
DISCRETE = [
    ("binomial", (20, 0.3), [0, 3, 6, 15, 20]),
    ("binomial", (5000, 0.02), [40, 99, 120, 220]),
    ("poisson", (0.7,), [0, 1, 5, 20]),
    ("poisson", (250,), [120, 249, 270, 500]),
]


def log_density(name, p, x):
    if name == "normal":
        z = (x - p[0]) / p[1]
        return -z * z / 2 - mp.log(p[1]) - mp.log(2 * mp.pi) / 2
    if name == "logistic":
        z = (x - p[0]) / p[1]
        return -z - 2 * mp.log1p(mp.exp(-z)) - mp.log(p[1])
    if name == "t":
        nu = p[0]
        return (mp.loggamma((nu + 1) / 2) - mp.loggamma(nu / 2) - mp.log(mp.pi * nu) / 2
                - (nu + 1) / 2 * mp.log(1 + x * x / nu))
    if name in ("gamma", "chi2"):
        k, theta = p if name == "gamma" else (p[0] / 2, mpf(2))
        return (k - 1) * mp.log(x / theta) - x / theta - mp.loggamma(k) - mp.log(theta)
    a, b = (p[0] / 2, p[1] / 2) if name == "f" else p
    log_beta = mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)
    if name == "beta":
        return (a - 1) * mp.log(x) + (b - 1) * mp.log(1 - x) - log_beta
    y = p[0] * x / (p[0] * x + p[1])
    return a * mp.log(y) + b * mp.log(1 - y) - log_beta - mp.log(x)


def tails(name, p, x):
    """Lower and upper tail in 60 digits."""
    if name == "normal":
        z = (x - p[0]) / p[1] / mp.sqrt(2)
        return mp.erfc(-z) / 2, mp.erfc(z) / 2
    if name == "logistic":
        z = (x - p[0]) / p[1]
        return 1 / (1 + mp.exp(-z)), 1 / (1 + mp.exp(z))
    if name == "t":
        half = beta_tails(p[0] / 2, mpf(1) / 2, p[0] / (p[0] + x * x))[0] / 2
        return (half, 1 - half) if x < 0 else (1 - half, half)
    if name in ("gamma", "chi2"):
        k, theta = p if name == "gamma" else (p[0] / 2, mpf(2))
        lower = mp.gammainc(k, 0, x / theta, regularized=True)
        return lower, mp.gammainc(k, x / theta, mp.inf, regularized=True)
    if name == "f":
        return beta_tails(p[0] / 2, p[1] / 2, p[0] * x / (p[0] * x + p[1]))
    return beta_tails(p[0], p[1], x)


def beta_tails(a, b, x):
    lower = mp.betainc(a, b, 0, x, regularized=True)
    return lower, 1 - lower


def discrete(name, p, k):
    if name == "binomial":
        n = int(p[0])
        terms = [mp.binomial(n, i) * p[1] ** i * (1 - p[1]) ** (n - i) for i in range(n + 1)]
        return mp.fsum(terms[:k + 1]), mp.fsum(terms[k + 1:]), mp.log(terms[k])
    terms = [mp.exp(i * mp.log(p[0]) - p[0] - mp.loggamma(i + 1)) for i in range(k + 400)]
    return mp.fsum(terms[:k + 1]), mp.fsum(terms[k + 1:]), mp.log(terms[k])


if __name__ == "__main__":
    out = csv.writer(sys.stdout, lineterminator="\n")
    for name, parameters, xs in CASES:
        p = [mpf(v) for v in parameters]
        for x in xs:
            values = [*tails(name, p, mpf(x)), log_density(name, p, mpf(x))]
            out.writerow([name, parameters[0], parameters[-1], repr(x)]
                         + [repr(float(v)) for v in values])
    for name, parameters, xs in DISCRETE:
        p = [mpf(v) for v in parameters]
        for x in xs:
            out.writerow([name, parameters[0], parameters[-1], x]
                         + [repr(float(v)) for v in discrete(name, p, x)])
