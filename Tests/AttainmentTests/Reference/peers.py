"""Reference numbers for PeerStandingTests: python3 peers.py

The variance between units by scipy's bounded minimiser, rank intervals by quadrature over one level and
enumeration of all subsets of the others. Independent of the Swift code's grid and convolution.
"""
import itertools
import sys

import numpy as np
import scipy
from scipy.integrate import quad
from scipy.optimize import minimize_scalar
from scipy.stats import norm

print("scipy", scipy.__version__, "numpy", np.__version__, file=sys.stderr)

levels = [np.array([62.0, 70.5, 71.2, 74.0, 66.3]), np.array([81.0, 84.5, 79.2, 88.1])]
noise = [np.array([4.0, 1.5, 2.2, 6.0, 3.1]), np.array([0.8, 2.5, 9.0, 1.2])]


def objective(log_between):
    between = np.exp(log_between)
    value = log_between
    for y, v in zip(levels, noise):
        w = 1 / (v + between)
        mean = np.sum(w * y) / np.sum(w)
        value += 0.5 * (np.sum(np.log(w)) - np.log(np.sum(w)) - np.sum(w * (y - mean) ** 2))
    return -value


best = minimize_scalar(objective, bounds=(-10, 10), method="bounded", options={"xatol": 1e-12})
between = float(np.exp(best.x))
print("between", between)
means, deviations = [], []
for y, v in zip(levels, noise):
    w = 1 / (v + between)
    mean = np.sum(w * y) / np.sum(w)
    kept = between / (between + v)
    means += list(kept * (y - mean))
    deviations += list(np.sqrt(kept * v + kept**2 / np.sum(w)))
print("differences", [float(m) for m in means])
print("deviations", [float(d) for d in deviations])


def rank_distribution(index, means, deviations):
    others = [j for j in range(len(means)) if j != index]

    def probability(rank):
        def at(x):
            below = [norm.cdf((x - means[j]) / deviations[j]) for j in others]
            total = 0.0
            for chosen in itertools.combinations(range(len(others)), rank - 1):
                term = 1.0
                for k, p in enumerate(below):
                    term *= p if k in chosen else 1 - p
                total += term
            return total * norm.pdf(x, means[index], deviations[index])

        m, s = means[index], deviations[index]
        return quad(at, m - 9 * s, m + 9 * s, limit=200)[0]

    return [probability(r) for r in range(1, len(means) + 1)]


for name, m, s in [
    ("ranks", [-4.0, -1.0, 0.0, 0.5, 3.0, 3.2], [1.0, 2.0, 0.5, 1.5, 1.0, 2.5]),
    ("units", means, deviations),
]:
    for i in range(len(m)):
        p = np.cumsum(rank_distribution(i, m, s))
        low, high = int(np.argmax(p >= 0.1)) + 1, int(np.argmax(p >= 0.9)) + 1
        margin = min(abs(p[:-1] - 0.1).min(), abs(p[:-1] - 0.9).min())
        print(name, i, low, high, "margin", round(float(margin), 4))
