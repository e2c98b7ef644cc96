"""Prints a Markdown table of all agreement tables: python summary.py, in this folder.

A row for every estimator or test: data sets, how many of them agree to 1e-8 in every number with every
package, numbers compared, packages, worst relative difference.
"""
import csv
import glob

rows = {}
for path in sorted(glob.glob("agreement*.csv")):
    with open(path, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if not row.get("ours"):
                continue
            name = row.get("estimator") or row["estimator_or_test"]
            entry = rows.setdefault(name, {"sets": {}, "count": 0, "packages": [], "worst": (0, "")})
            data = row.get("dataset") or row["data_set"]
            entry["count"] += int(row.get("quantities") or 1)
            package = f"{row['package']} {row['version']}"
            if package not in entry["packages"]:
                entry["packages"].append(package)
            # Beside an expected 0 there is no relative difference: the absolute one counts.
            difference = float(row["difference"])
            if float(row["value"]) == 0:
                difference = abs(float(row["ours"]))
            entry["sets"][data] = max(entry["sets"].get(data, 0), difference)
            entry["worst"] = max(entry["worst"], (difference, data))
print("| estimator or test | data sets | to 1e-8 | numbers | package | worst relative difference |")
print("| --- | --- | --- | --- | --- | --- |")
for name, entry in rows.items():
    worst, data = entry["worst"]
    close = sum(d <= 1e-8 for d in entry["sets"].values())
    print(f"| {name} | {', '.join(entry['sets'])} | {close} of {len(entry['sets'])} "
          f"| {entry['count']} | {', '.join(entry['packages'])} | {worst:.0e} ({data}) |")
