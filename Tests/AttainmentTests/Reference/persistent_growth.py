"""Predictive deviation of a sum of growth by dense matrices; Python 3, numpy.

Prints the table in SpreadCalibrationTests.swift: an autoregression with unknown mean is kriged with its whole correlation
matrix, and coefficients are weighed by their marginal likelihood.
"""
import numpy as np

COEFFICIENTS = np.array([-0.4, -0.2, 0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95])
WEIGHTS = np.array([0.04, 0.12, 0.4, 0.14, 0.1, 0.08, 0.06, 0.04, 0.02])
growth = np.array([((7 * i) % 11 - 5) / 100 + (0.03 if i > 8 else 0.0) for i in range(20)])
count = len(growth)

for steps in (1, 3, 12, 24):
    logs, means, variances = [], [], []
    for value, prior in zip(COEFFICIENTS, WEIGHTS):
        place = np.arange(count + steps)
        correlation = value ** np.abs(place[:, None] - place[None]) if value else np.eye(len(place))
        inverse = np.linalg.inv(correlation[:count, :count])
        one = np.ones(count)
        information = one @ inverse @ one
        mean = one @ inverse @ growth / information
        error = growth - mean
        squares = error @ inverse @ error
        logs.append(np.log(prior) - 0.5 * np.linalg.slogdet(correlation[:count, :count])[1]
                    - 0.5 * np.log(information) - 0.5 * (count - 1) * np.log(squares))
        ahead = np.r_[np.zeros(count), np.ones(steps)]
        cross = correlation[:count] @ ahead
        weights = inverse @ cross
        unknown = steps - one @ weights
        means.append(steps * mean + weights @ error)
        variances.append(squares / (count - 1) * (
            ahead @ correlation @ ahead - cross @ weights + unknown ** 2 / information))
    share = np.exp(np.array(logs) - max(logs))
    share /= share.sum()
    middle = share @ means
    print(steps, repr(float(np.sqrt(share @ variances + share @ (np.array(means) - middle) ** 2))))
