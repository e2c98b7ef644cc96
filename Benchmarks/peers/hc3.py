"""Times statsmodels on 60 observations and 6 columns: medians of a call, in microseconds.

numpy runs on one thread, as the toolkit does: OPENBLAS_NUM_THREADS=1 python hc3.py
"""
import statistics
import time

import numpy as np
import statsmodels
import statsmodels.api as sm

rng = np.random.default_rng(1)
x = rng.standard_normal((60, 6))
y = rng.standard_normal(60)


def median(name, call, calls=200, repeats=15):
    times = []
    for _ in range(repeats):
        start = time.process_time()
        for _ in range(calls):
            call()
        times.append((time.process_time() - start) / calls * 1e6)
    print(f"statsmodels {statsmodels.__version__}, {name}: {statistics.median(times):.0f} us")


median("OLS(y, X).fit()", lambda: sm.OLS(y, x).fit())
median("the same with .bse", lambda: sm.OLS(y, x).fit().bse)
median('OLS(y, X).fit(cov_type="HC3").bse', lambda: sm.OLS(y, x).fit(cov_type="HC3").bse)
