"""Prints the numbers that ReferenceTests.swift and LeastSquaresReferenceTests.swift hold.

Python 3 with numpy, scipy and mpmath; run `python3 reference.py`. The exact section uses rational
arithmetic only, so it owes nothing to any library of linear algebra.
"""

from fractions import Fraction
import sys

import mpmath
import numpy
import scipy
import scipy.linalg

print("python", sys.version.split()[0], "numpy", numpy.__version__, "scipy", scipy.__version__,
      "mpmath", mpmath.__version__)

A = numpy.array([[4, -2, 1], [3, 6, -4], [2, 1, 8], [-1, 5, 2.0]])
S = numpy.array([[9, 3, 1, -2], [3, 8, 0, 1], [1, 0, 7, 2], [-2, 1, 2, 6.0]])
print("singular values", [float(v) for v in numpy.linalg.svd(A, compute_uv=False)])
q, r, p = scipy.linalg.qr(A, mode="economic", pivoting=True)
print("pivoted qr", p.tolist(), [[float(v) for v in abs(row)] for row in r])
print("eigenvalues", [float(v) for v in numpy.linalg.eigvalsh(S)])
print("cholesky", [[float(v) for v in row] for row in numpy.linalg.cholesky(S)])
print("log determinant", float(numpy.linalg.slogdet(S)[1]))
print("solution", [float(v) for v in scipy.linalg.solve(S, [1, 2, 3, 4], assume_a="pos")])

# Hilbert matrices in 60 digits: condition number in the 2-norm, logarithm of the determinant.
mpmath.mp.dps = 60
for n in (3, 5, 8, 10):
    values = mpmath.eigsy(mpmath.hilbert(n), eigvals_only=True)
    print("hilbert", n, mpmath.nstr(max(values) / min(values), 17),
          mpmath.nstr(mpmath.log(mpmath.det(mpmath.hilbert(n))), 17))


def exact(design, response):
    """The exact least-squares solution, (X'X)^-1 and residual sum of squares."""
    x = [[Fraction(v) for v in row] for row in design]
    y = [Fraction(v) for v in response]
    n = len(x[0])
    system = [[sum(row[i] * row[j] for row in x) for j in range(n)]
              + [Fraction(int(i == j)) for j in range(n)]
              + [sum(row[i] * v for row, v in zip(x, y))] for i in range(n)]
    for k in range(n):
        pivot = next(i for i in range(k, n) if system[i][k] != 0)
        system[k], system[pivot] = system[pivot], system[k]
        system[k] = [v / system[k][k] for v in system[k]]
        for i in range(n):
            if i != k:
                f = system[i][k]
                system[i] = [a - f * b for a, b in zip(system[i], system[k])]
    b = [row[-1] for row in system]
    residuals = [v - sum(c * d for c, d in zip(row, b)) for row, v in zip(x, y)]
    return ([float(v) for v in b], [float(system[i][n + i]) for i in range(n)],
            float(sum(v * v for v in residuals)))


# Longley (JASA 62, 1967), as in the NIST Statistical Reference Datasets: y and six regressors.
LONGLEY = """60323 83.0 234289 2356 1590 107608 1947
61122 88.5 259426 2325 1456 108632 1948
60171 88.2 258054 3682 1616 109773 1949
61187 89.5 284599 3351 1650 110929 1950
63221 96.2 328975 2099 3099 112075 1951
63639 98.1 346999 1932 3594 113270 1952
64989 99.0 365385 1870 3547 115094 1953
63761 100.0 363112 3578 3350 116219 1954
66019 101.2 397469 2904 3048 117388 1955
67857 104.6 419180 2822 2857 118734 1956
68169 108.4 442769 2936 2798 120445 1957
66513 110.8 444546 4681 2637 121950 1958
68655 112.6 482704 3813 2552 123366 1959
69564 114.2 502601 3931 2514 125368 1960
69331 115.7 518173 4806 2572 127852 1961
70551 116.9 554894 4007 2827 130081 1962"""
rows = [line.split() for line in LONGLEY.splitlines()]
beta, diagonal, rss = exact([["1"] + row[1:] for row in rows], [row[0] for row in rows])
print("longley", beta, diagonal, rss)
print("longley standard errors", [(d * rss / 9) ** 0.5 for d in diagonal])

# Wampler (JASA 65, 1970), problem 1's design: powers 0 to 5 of 0 ... 20; here y = x^6 - 7, so that
# the residuals are not zero.
design = [[x ** k for k in range(6)] for x in range(21)]
print("wampler", exact(design, [x ** 6 - 7 for x in range(21)]))
