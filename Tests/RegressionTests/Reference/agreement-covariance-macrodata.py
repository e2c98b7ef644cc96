"""Writes agreement-covariance-data/macrodata.csv from statsmodels 0.15.0 (US macroeconomic quarters, public domain)."""
import statsmodels.datasets.macrodata as macrodata

frame = macrodata.load_pandas().data[["realcons", "realgdp", "realint", "unemp"]]
with open("agreement-covariance-data/macrodata.csv", "w") as out:
    out.write("y,realgdp,realint,unemp\n")
    for row in frame.itertuples(index=False):
        out.write(",".join(repr(float(v)) for v in row) + "\n")
