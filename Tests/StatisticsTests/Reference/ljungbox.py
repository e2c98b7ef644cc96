"""Prints the Ljung-Box statistic and p values of LjungBoxTests."""
import numpy as np
import statsmodels
from statsmodels.stats.diagnostic import acorr_ljungbox

values = np.array(
    [0.5, -1.2, 0.3, 2.1, -0.7, 0.9, 1.4, -0.2, -1.1, 0.6, 0.8, -0.4, 1.9, 0.1, -0.9])
print(statsmodels.__version__)
for fitted in (0, 2):
    table = acorr_ljungbox(values, lags=[5], model_df=fitted)
    print(repr(float(table.lb_stat.iloc[0])), repr(float(table.lb_pvalue.iloc[0])))
