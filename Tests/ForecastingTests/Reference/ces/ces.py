"""Makes ces.csv: complex exponential smoothing of statsforecast 2.1.1 on the series of ../classic.

For each form (N none, S simple, P partial, F full) at parameters chosen by hand: the start states that statsforecast's backfitting leads
to (state, phase), Σe² and forecasts; and for the parameters that it finds, Σe² (best_sum). Run as: python ces.py > ces.csv
"""

import csv
import glob
import os
import sys

import numpy as np
from statsforecast.ces import auto_ces, cesforecast, initstate, pegelsresid_ces

SEASONS = {"AirPassengers": 12, "USAccDeaths": 12, "UKDriverDeaths": 12, "nottem": 12, "co2": 12, "ldeaths": 12,
           "UKgas": 4, "JohnsonJohnson": 4, "austres": 4}
HERE = os.path.dirname(os.path.abspath(__file__))
CODES = {"N": 0, "S": 1, "P": 2, "F": 3}
ALPHA, BETA = (1.2, 1.01), {"P": (0.2, np.nan), "F": (1.1, 1.02)}

write = csv.writer(sys.stdout, lineterminator="\n")
write.writerow(["series", "season", "model", "quantity", "step", "value"])
for path in sorted(glob.glob(os.path.join(HERE, "../classic/*.csv"))):
    name = os.path.basename(path)[:-4]
    season = SEASONS.get(name, 1)
    y = np.array([float(row["value"]) for row in csv.DictReader(open(path))])
    for form in "NSPF" if season > 1 else "N":
        m = 1 if form == "N" else season
        beta = BETA.get(form, (np.nan, np.nan))
        start = initstate(y, m, form)
        _, errors, states, _ = pegelsresid_ces(y, m, start, start.shape[1], form, *ALPHA, *beta, 3)
        def row(quantity, step, value):
            write.writerow([name, season, form, quantity, step, repr(float(value))])
        for phase in range(m):
            for part in range(start.shape[1]):
                row(f"state{part}", phase + 1, states[phase, part])
        row("sum", 0, np.sum(errors ** 2))
        means = np.zeros(18)
        cesforecast(states, len(y), m, CODES[form], means, 18, *ALPHA, *beta)
        for step in (1, 2, 6, 18):
            row("mean", step, means[step - 1])
        best = auto_ces(y, season, model=form)
        row("best_sum", 0, np.sum(best["residuals"] ** 2))
