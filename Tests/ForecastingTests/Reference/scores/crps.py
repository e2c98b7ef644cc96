"""Makes crps.csv: the CRPS of mixtures of Student t distributions by adaptive quadrature (scipy), its independent source."""
import csv
import numpy as np
import scipy
from scipy import integrate, stats

cases = [
    ([(1, 0, 1, 5)], 0.3), ([(1, 2, 3, 3)], -4), ([(0.5, 0, 1, 10), (0.5, 4, 0.5, 30)], 3.0),
    ([(0.2, -5, 2, 4), (0.8, 1, 1, 60)], 12.0), ([(0.3, 0, 0.01, 20), (0.7, 0, 10, 20)], 0.02),
]
with open("crps.csv", "w", newline="") as file:
    writer = csv.writer(file)
    writer.writerow(["components", "actual", "crps", "log_score"])
    for parts, y in cases:
        cdf = lambda x: sum(w * stats.t.cdf((x - m) / s, v) for w, m, s, v in parts)
        sf = lambda x: sum(w * stats.t.sf((x - m) / s, v) for w, m, s, v in parts)
        ends = sorted({y} | {m + s * k for _, m, s, _ in parts for k in (-1e4, -100, -20, -5, -2, -1, 0, 1, 2, 5, 20, 100, 1e4)})
        total = sum(integrate.quad(lambda x: cdf(x) ** 2 if b <= y else sf(x) ** 2, a, b, epsabs=1e-13, epsrel=1e-11)[0]
                    for a, b in zip(ends, ends[1:]))
        density = sum(w / s * stats.t.pdf((y - m) / s, v) for w, m, s, v in parts)
        writer.writerow([" ".join(repr(float(c)) for p in parts for c in p), y, repr(float(total)), repr(float(-np.log(density)))])
print("scipy", scipy.__version__)
