#!/usr/bin/env python3
"""Questions from panels unlike those that taught the outside view (standard library only).

usage: other_panels.py VEDICH MONTHLY.csv OBSERVATIONS.csv OUTDIR

MONTHLY.csv has `unique_id,ds,y` (months in order, e.g. the training part of a set of M3 series); OBSERVATIONS.csv is a file of
published figures (`datasets/vietnam/observations.csv`).  Nothing here taught any coefficient.  Kinds of panels made of them:

  monthly      each series a panel of one unit: unbounded, often with a pronounced season
  short        the same, of which only the last 2 to 6 months are known
  lowered      the same, met from above (`<=`), lower is better
  gaps         the same, two months in five missing
  yearly       yearly sums of the series, 3 to 8 of them known
  to_date      sums since January: the December total, asked from an earlier month
  share        the series as a share of three times the largest of its first two years, bounded by 100
  far          the same unbounded series, 30 to 48 months ahead
  published    published figures of Viet Nam
  panel        the monthly series, ten to a panel, each in percent of the mean of its first two years

Target rules use values up to the cutoff only: the pace of the last year, or the typical change, times 0.25 to 2; the value of a
year before times 0.95 to 1.1; the last value times 0.9 to 1.2.  All draws come from one seed.  Answers of `vedich replay --prior all`
(views combined and inside) are compared with the share attained of each kind and with a random walk with drift (normal, on logs where
all values are positive).  Prints a table, differences combined minus inside with 90 % intervals over series, and checks that
probabilities lie in (0, 1).
"""
import csv, math, os, random, subprocess, sys

KINDS = ["monthly", "short", "lowered", "gaps", "yearly", "to_date", "share", "far", "published", "panel"]


def period(step, freq):
    return str(step) if freq == "Y" else "%04d-%02d" % (step // 12, step % 12 + 1)


def drift(known, horizon, rule, target):
    """P by a random walk with drift; `known` are (step, value) in order."""
    values = [v for _, v in known]
    logs = all(v > 0 for v in values) and target > 0
    f = math.log if logs else (lambda v: v)
    x = [f(v) for v in values]
    steps = [(b[0] - a[0], q - p) for a, b, p, q in zip(known, known[1:], x, x[1:])]
    span = known[-1][0] - known[0][0]
    pace = (x[-1] - x[0]) / span
    n = len(steps)
    var = sum((d - pace * g) ** 2 / g for g, d in steps) / max(n - 1, 1)
    sd = math.sqrt(max(var, (0.02 * (1 if logs else max(map(abs, values)))) ** 2) * horizon * (1 + horizon / span))
    above = 0.5 * math.erfc((f(target) - x[-1] - pace * horizon) / sd / math.sqrt(2))
    return min(max(above if rule == ">=" else 1 - above, 1e-3), 1 - 1e-3)


def target_of(known, horizon, season, rng, down):
    """A target on the hard side as a rule, from values up to the cutoff."""
    steps, values = [s for s, _ in known], [v for _, v in known]
    last, sign = values[-1], -1 if down else 1
    back = [v for s, v in known if s <= steps[-1] - season]
    start = back[-1] if back else values[0]
    moved = [s for s, v in known if v == start and s <= steps[-1]]
    pace = (last - start) / max(steps[-1] - (moved[0] if moved else steps[0]), 1)
    typical = sum(abs(b - a) for a, b in zip(values, values[1:])) / (len(values) - 1)
    kind = rng.choice(["pace", "typical", "year", "level"])
    k = rng.choice([0.25, 0.5, 0.75, 1, 1.25, 1.5, 2])
    if kind == "year":
        then = dict(known).get(steps[-1] + horizon - season * math.ceil(horizon / season))
        if then is not None:
            return then * (1 + sign * rng.choice([-0.05, 0, 0.05, 0.1]))
    if kind == "level":
        return last * (1 + sign * rng.choice([-0.1, 0, 0.05, 0.1, 0.2]))
    if kind == "pace":
        return last + sign * k * abs(pace) * horizon
    return last + sign * k * typical * math.sqrt(horizon)


def monthly(path):
    series = {}
    with open(path, newline="", encoding="utf-8") as f:
        for r in csv.DictReader(f):
            series.setdefault(r["unique_id"], []).append(float(r["y"]))
    return series


def panels(series, published, rng):
    """(kind, series id, freq, upper, direction, [(step, value)], cutoffs with the steps that are known, horizons)."""
    first = 2000 * 12
    for name in sorted(series):
        y = series[name]
        months = [(first + i, v) for i, v in enumerate(y)]
        cut = lambda low, ahead: rng.randrange(low, len(y) - ahead)
        for kind in ("monthly", "lowered", "gaps"):
            rows = [r for i, r in enumerate(months) if kind != "gaps" or i < 4 or rng.random() < 0.6]
            yield kind, name, "M", "", "down" if kind == "lowered" else "up", rows, [(first + cut(24, 12), None)], [3, 6, 12]
        yield "short", name, "M", "", "up", months, [(first + cut(8, 12), rng.randrange(2, 7))], [3, 6, 12]
        if len(y) >= 80:
            yield "far", name, "M", "", "up", months, [(first + cut(24, 48), None)], [30, 36, 48]
        ceiling = 3 * max(y[:24]) / 100
        if max(y) <= 95 * ceiling:
            yield "share", name, "M", "100", "up", [(m, v / ceiling) for m, v in months], [(first + cut(24, 12), None)], [3, 6, 12]
        years = [(2000 + i, sum(y[12 * i:12 * i + 12])) for i in range(len(y) // 12)]
        if len(years) >= 5:
            at = rng.randrange(2, len(years) - 1)
            yield "yearly", name, "Y", "", "up", years, [(2000 + at, None)], [h for h in (1, 2, 3) if at + h < len(years)]
        total, rows = 0.0, []
        for i, v in enumerate(y[:12 * (len(y) // 12)]):
            total = v if i % 12 == 0 else total + v
            rows.append((first + i, total))
        at = 12 * rng.randrange(2, len(rows) // 12) + rng.choice([2, 5, 8])
        yield "to_date", name, "M", "", "up", rows, [(first + at, None)], [11 - at % 12]
    for place, name in enumerate(sorted(series)):
        y = series[name]
        rows = [(first + i, round(2400 * v / sum(y[:24]), 4)) for i, v in enumerate(y)]
        # Units of a panel are known at their common cutoffs, so one panel's cutoffs lie near each other.
        at = first + rng.randrange(24, min(48, len(y) - 12))
        yield f"panel{place // 10}", name, "M", "", "up", rows, [(at, None)], [3, 6, 12]
    for name, freq, upper, rows in published:
        for at in range(1, len(rows) - 1):
            yield "published", name, freq, upper, "up", rows, [(rows[at][0], None)], [rows[at + 1][0] - rows[at][0]]


def figures(path):
    """Published series of one frequency with four values or more, the last printed figure of each period."""
    with open(path, newline="", encoding="utf-8") as f:
        rows = list(csv.DictReader(f))
    with open(os.path.join(os.path.dirname(path), "indicators.csv"), newline="", encoding="utf-8") as f:
        described = {r["indicator"]: r for r in csv.DictReader(f)}
    found = {}
    for r in sorted(rows, key=lambda r: r["reported_at"]):
        if "disputed" in r["note"] or "Q" in r["period"]:
            continue
        freq = "Y" if len(r["period"]) == 4 else "M"
        step = int(r["period"][:4]) if freq == "Y" else int(r["period"][:4]) * 12 + int(r["period"][5:]) - 1
        found.setdefault((r["indicator"], r["unit"], freq), {})[step] = float(r["value"])
    for (code, unit, freq), values in sorted(found.items()):
        row = described.get(code, {})
        if len(values) >= 4 and row.get("direction", "up") == "up":
            yield f"{code}.{unit}", freq, row.get("upper", ""), sorted(values.items())


def questions(series, published, seed=20260103):
    rng = random.Random(seed)
    for kind, name, freq, upper, direction, rows, cutoffs, horizons in panels(series, published, rng):
        values, down = dict(rows), direction == "down"
        for cutoff, kept in cutoffs:
            known = [r for r in rows if r[0] <= cutoff][-kept if kept else None:]
            ahead = [h for h in horizons if cutoff + h in values]
            if len(known) < 2 or not ahead or known[-1][0] == known[0][0]:
                continue
            horizon = rng.choice(ahead)
            season = 1 if freq == "Y" else 12
            target = target_of(known, cutoff + horizon - known[-1][0], season, rng, down)
            target = float("%.4g" % target)
            value = values[cutoff + horizon]
            if upper and not 0 < target <= 0.98 * float(upper) or not upper and target <= 0:
                continue
            rule = "<=" if down else ">="
            met = value <= target if down else value >= target
            shared = kind.startswith("panel")
            name_here = f"panel.{name}" if shared else f"{kind}.{name}.{cutoff}"
            yield {
                "kind": "panel" if shared else kind, "series_id": name_here, "panel": kind if shared else name_here, "freq": freq, "upper": upper, "direction": direction,
                # What lies beyond the cutoff is for the other units of a panel: a question never sees it.
                "known": rows if shared else known, "cutoff": period(cutoff, freq), "target": target,
                "target_period": period(cutoff + horizon, freq), "comparator": rule, "attained": int(met),
                "drift": drift(known, cutoff + horizon - known[-1][0], rule, target)}


def ask(vedich, folder, view):
    out = os.path.join(folder, view + ".csv")
    done = subprocess.run([vedich, "replay", "--history", f"{folder}/history.csv", "--cases", f"{folder}/cases.csv",
                           "--view", view, "--output", out], stderr=subprocess.PIPE, text=True)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    with open(out, newline="", encoding="utf-8") as f:
        return {r["case_id"]: float(r["probability"]) for r in csv.DictReader(f)}


def write(path, header, rows):
    with open(path, "w", newline="", encoding="utf-8") as f:
        w = csv.writer(f)
        w.writerow(header)
        w.writerows(rows)


def log_score(y, p):
    return -math.log(p if y else 1 - p)


def main(a):
    if len(a) != 4:
        sys.exit(__doc__)
    vedich, months, observations, folder = a
    os.makedirs(folder, exist_ok=True)
    asked = list(questions(monthly(months), list(figures(observations))))
    for k, q in enumerate(asked):
        q["case_id"] = "q%05d" % k
    write(f"{folder}/history.csv", ["series_id", "period", "value"],
          ((q["series_id"], period(s, q["freq"]), repr(v)) for q in asked for s, v in q["known"]))
    write(f"{folder}/series.csv", ["series_id", "panel", "indicator", "freq", "upper", "direction"],
          ((q["series_id"], q["panel"], "", q["freq"], q["upper"], q["direction"]) for q in asked))
    columns = ["case_id", "series_id", "cutoff", "target", "target_period", "comparator", "attained"]
    write(f"{folder}/cases.csv", columns, ([q[c] for c in columns] for q in asked))
    views = {v: ask(vedich, folder, v) for v in ("combined", "inside")}
    for view, got in views.items():
        wrong = sum(not 0 < got.get(q["case_id"], 0) < 1 for q in asked)
        print(f"{view}: {len(asked)} questions, {wrong} without a probability between 0 and 1")
    print("\n| kind | n | attained | base rate | drift | inside | combined | log: drift | inside | combined | combined − inside, Brier (90 %) | "
          "mean p − attained | calibration slope |")
    print("|" + " --- |" * 13)
    rng = random.Random(1)
    for kind in KINDS + ["all"]:
        mine = [q for q in asked if kind in (q["kind"], "all")]
        if not mine:
            continue
        y = [q["attained"] for q in mine]
        base = sum(y) / len(y)
        p = {"drift": [q["drift"] for q in mine]} | {v: [views[v][q["case_id"]] for q in mine] for v in views}
        brier = {v: [(b - a) ** 2 for a, b in zip(y, p[v])] for v in p}
        mean = lambda x: sum(x) / len(x)
        logs = {v: mean([log_score(a, b) for a, b in zip(y, p[v])]) for v in p}
        groups = {}
        for q, d in zip(mine, (c - i for c, i in zip(brier["combined"], brier["inside"]))):
            groups.setdefault(q["series_id"].split(".")[1], []).append(d)
        names = sorted(groups)
        draws = sorted(mean([d for _ in names for d in groups[rng.choice(names)]]) for _ in range(400))
        print("| %s | %d | %.2f | %.4f | %.4f | %.4f | %.4f | %.3f | %.3f | %.3f | %+.4f (%+.4f to %+.4f) | %+.3f | %.2f |" % (
            kind, len(y), base, base * (1 - base), mean(brier["drift"]), mean(brier["inside"]), mean(brier["combined"]),
            logs["drift"], logs["inside"], logs["combined"], mean(brier["combined"]) - mean(brier["inside"]), draws[20], draws[-21],
            mean(p["combined"]) - base, slope(y, p["combined"])))


def slope(y, p):
    """The factor of the log-odds, beside an intercept, that would have been best."""
    x = [math.log(q / (1 - q)) for q in p]
    a, b = 0.0, 1.0
    for _ in range(50):
        f = [1 / (1 + math.exp(-(a + b * v))) for v in x]
        w = [v * (1 - v) for v in f]
        g0, g1 = sum(t - v for t, v in zip(y, f)), sum((t - v) * u for t, v, u in zip(y, f, x))
        h00, h01, h11 = sum(w), sum(s * u for s, u in zip(w, x)), sum(s * u * u for s, u in zip(w, x))
        det = h00 * h11 - h01 * h01
        a, b = a + (h11 * g0 - h01 * g1) / det, b + (h00 * g1 - h01 * g0) / det
    return b


if __name__ == "__main__":
    main(sys.argv[1:])
