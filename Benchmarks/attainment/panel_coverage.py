#!/usr/bin/env python3
"""Coverage of published forecasts on the public panels of shares (standard library only).

usage: panel_coverage.py VEDICH ATTAINMENT OUTDIR

ATTAINMENT holds `history.csv` and `series.csv`.  Each indicator with a ceiling of 100 becomes one of a workspace in OUTDIR, its units
communes of one province; `vedich calibrate` goes back to past origins of all of them, by a run's own route, the outside view's coefficients
taught by answers dated before each origin only.  Prints for each view and horizon in months the number of questions, Brier and log score and how
often values fell into their 50, 80 and 95 % intervals, weighted by questions.  The questions overlap: units of a panel share their shocks.
"""
import collections, csv, os, subprocess, sys

MONTHS = {"M": 1, "Q": 3, "Y": 12}
FREQUENCY = {"M": "month", "Q": "quarter", "Y": "year"}
BANDS = [(1, 1), (2, 4), (5, 9), (10, 16), (17, 36), (37, 999)]


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def write(path, head, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(head.split(","))
        writer.writerows(rows)


def workspace(data, out):
    """Writes the tables; returns each indicator's frequency."""
    series = {r["series_id"]: r for r in read(os.path.join(data, "series.csv"))}
    frequency, units, values = {}, set(), []
    for r in read(os.path.join(data, "history.csv")):
        about = series[r["series_id"]]
        if about["upper"] != "100":
            continue
        unit = "U" + "".join(c if c.isalnum() else "_" for c in about["unit"])
        frequency[about["indicator"]] = about["freq"]
        units.add(unit)
        values.append((about["indicator"], unit, r["period"], r["value"]))
    os.makedirs(out, exist_ok=True)
    write(os.path.join(out, "indicators.csv"),
          "indicator,name_vi,name_en,kind,unit_of_measure,lower,upper,aggregation,lowest_level,frequency",
          [(i, i, i, "annual" if f == "Y" else "monthly_share", "percent", 0, 100, "mean", "commune", FREQUENCY[f])
           for i, f in sorted(frequency.items())])
    write(os.path.join(out, "units.csv"), "unit,name_vi,name_en,level,parent",
          [("ALL", "ALL", "ALL", "province", "")] + [(u, u, u, "commune", "ALL") for u in sorted(units)])
    write(os.path.join(out, "targets.csv"), "target_id,indicator,title_vi,title_en,comparator,value_low,deadline,unit_of_measure", [])
    write(os.path.join(out, "tasks.csv"), "task_id,deadline", [])
    write(os.path.join(out, "observations.csv"), "indicator,unit,period,value", values)
    return frequency


def main():
    program, data, out = sys.argv[1:4]
    frequency = workspace(data, out)
    table = os.path.join(out, "calibration.csv")
    subprocess.run([program, "calibrate", "--workspace", out, "--output", table], check=True)
    groups = collections.defaultdict(list)
    for row in read(table):
        months = int(row["horizon"]) * MONTHS[frequency[row["indicator"]]]
        for low, high in BANDS:
            if low <= months <= high:
                groups[(row["view"], "%d-%d" % (low, high))].append(row)
        groups[(row["view"], "all")].append(row)
    print("| view | months | questions | Brier | log | 50 % | 80 % | 95 % |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for (view, band), rows in sorted(groups.items(), key=lambda g: (g[0][0], g[0][1] == "all", int(g[0][1].split("-")[0]) if g[0][1] != "all" else 0)):
        counts = [int(r["questions"]) for r in rows]
        mean = lambda column: sum(n * float(r[column]) for n, r in zip(counts, rows)) / sum(counts)
        print("| %s | %s | %d | %.3f | %.3f | %.1f | %.1f | %.1f |" % (
            view, band, sum(counts), mean("brier"), mean("log_score"), mean("coverage50"), mean("coverage80"), mean("coverage95")))


main()
