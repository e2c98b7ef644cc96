"""Writes cut training parts: python cuts.py DATA OUT

train_kK.csv: the last K months (12, 16, 24). train_inD.csv: without the last D months, from series that keep 48 (for choosing
settings inside training parts). train_inD_kK.csv: the K months before the last D.
"""
import sys

import pandas as pd

data, out = sys.argv[1:3]
table = pd.read_csv(f"{data}/train.csv")
groups = table.groupby("unique_id", sort=False)
n, i = groups["y"].transform("size"), groups.cumcount()
for k in (12, 16, 24):
    table[i >= n - k].to_csv(f"{out}/train_k{k}.csv", index=False)
    for d in (18, 27):
        table[(i < n - d) & (i >= n - d - k)].to_csv(f"{out}/train_in{d}_k{k}.csv", index=False)
for d in range(18, 61, 6):
    table[(i < n - d) & (n - d >= 48)].to_csv(f"{out}/train_in{d}.csv", index=False)
