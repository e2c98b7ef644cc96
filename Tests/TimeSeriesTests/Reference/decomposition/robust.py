"""Robust decompositions by statsmodels 0.15 STL, after decomposition.R wrote series.csv.

R's stl() is no reference for many robust passes: its partial sort of the absolute remainders is given unsorted
places, and in some passes (the twelfth of nottem) the "median" it takes is not one.
"""
import numpy as np
import pandas as pd
from statsmodels.tsa.seasonal import STL

series = pd.read_csv("series.csv")
known = pd.read_csv("decomposition.csv")
periods = known.groupby("series").period.first()
rows = []
for name, part in series.groupby("series", sort=False):
    if name == "two":
        continue
    period = int(periods[name])
    trend = int(np.ceil(1.5 * period / (1 - 1.5 / 7)))
    trend += 1 - trend % 2
    low = period + 1 - period % 2
    fit = STL(
        part.observed.to_numpy(), period=period, seasonal=7, trend=trend, low_pass=low, seasonal_deg=0, robust=True,
        seasonal_jump=1, trend_jump=-(-trend // 10), low_pass_jump=-(-low // 10)).fit(inner_iter=1, outer_iter=15)
    for index in range(0, len(part), 3):
        rows.append(f"{name},robust,{period},{index + 1},{fit.trend[index]:.12g},{fit.seasonal[index]:.12g},\n")
with open("robust.csv", "w") as file:
    file.write("series,method,period,index,trend,seasonal,second\n")
    file.writelines(rows)
