"""Structural models at given variances: statsmodels 0.15 UnobservedComponents, exact diffuse start.

Reads the classic series beside it. A row is series, model, quantity, index, value; `variances` are those given (irregular, level,
slope, seasonal, cycle, then cycle damping and frequency, as far as the model has them), `maximum` the highest log-likelihood that
several of statsmodels' optimisers found. Smoothed states are at five places, forecasts at five steps.
"""
import warnings

import numpy as np
import pandas as pd
import statsmodels.api as sm

warnings.filterwarnings("ignore")
FOLDER = "../classic/"
# series, season, gaps
SERIES = [
    ("Nile", 1, False), ("LakeHuron", 1, False), ("lynx", 1, False), ("WWWusage", 1, False), ("sunspot.year", 1, True),
    ("austres", 4, False), ("UKgas", 4, False), ("JohnsonJohnson", 4, True), ("AirPassengers", 12, False),
    ("USAccDeaths", 12, False), ("ldeaths", 12, True), ("UKDriverDeaths", 12, False), ("nottem", 12, False)]
MODELS = {
    "level": dict(level="local level"), "drift": dict(level="local linear deterministic trend"),
    "trend": dict(level="local linear trend"), "smooth": dict(level="smooth trend")}
rows = []


def diffuse(model):
    """The exact diffuse start of all states but a stationary cycle's."""
    m = model.ssm.k_states
    model.ssm._initial = None
    from statsmodels.tsa.statespace.initialization import Initialization
    start = Initialization(m)
    cycle = 2 if model.cycle else 0
    if cycle:
        at = int(model._cycle_state_offset) if hasattr(model, "_cycle_state_offset") else m - 2
        if at > 0:
            start.set((0, at), "diffuse")
        start.set((at, at + 2), "stationary")
    else:
        start.set(None, "diffuse")
    model.ssm.initialization = start


for name, season, gaps in SERIES:
    y = pd.read_csv(f"{FOLDER}{name}.csv").iloc[:, -1].to_numpy(float)
    y = y[:150]
    if gaps:
        y[[2, 20, 21, 22, 40]] = np.nan
    scale = np.nanvar(np.diff(y))
    for label, trend in MODELS.items():
        kinds = ["dummy", "trigonometric"] if season > 1 else ["none"]
        if season == 1 and label == "level":
            kinds.append("cycle")
        for kind in kinds:
            options = dict(trend)
            if kind == "dummy":
                options["seasonal"] = season
            elif kind == "trigonometric":
                options["freq_seasonal"] = [{"period": season}]
            elif kind == "cycle":
                options.update(cycle=True, damped_cycle=True, stochastic_cycle=True, cycle_period_bounds=(3, 20))
            model = sm.tsa.UnobservedComponents(y, **options)
            diffuse(model)
            model.ssm.loglikelihood_burn = 0
            given = {"sigma2.irregular": 0.3, "sigma2.level": 0.2, "sigma2.trend": 0.01, "sigma2.seasonal": 0.02,
                     "sigma2.cycle": 0.1}
            params = []
            for p in model.param_names:
                if p == "damping.cycle":
                    params.append(0.9)
                elif p == "frequency.cycle":
                    params.append(2 * np.pi / 10)
                else:
                    key = "sigma2.seasonal" if p.startswith("sigma2.freq") else p
                    params.append(given[key] * scale)
            fit = model.smooth(params)
            tag = f"{name},{label}_{kind}"
            order = ["irregular", "level", "trend", "seasonal", "cycle", "damping.cycle", "frequency.cycle"]
            found = dict(zip(model.param_names, params))
            values = []
            for key in order:
                for p, v in found.items():
                    if p == f"sigma2.{key}" or p == key or (key == "seasonal" and p.startswith("sigma2.freq")):
                        values.append(v)
            for i, v in enumerate(values):
                rows.append(f"{tag},variances,{i},{v:.17g}")
            rows.append(f"{tag},loglikelihood,0,{fit.llf:.15g}")
            for t in [0, 2, 21, len(y) // 2, len(y) - 1]:
                rows.append(f"{tag},level,{t},{fit.smoothed_state[0, t]:.15g}")
                rows.append(f"{tag},level_error,{t},{np.sqrt(fit.smoothed_state_cov[0, 0, t]):.15g}")
                if kind != "none":
                    z = model.ssm["design"][0].copy()
                    z[0] = 0
                    rows.append(f"{tag},{'cycle' if kind == 'cycle' else 'seasonal'},{t},{z @ fit.smoothed_state[:, t]:.15g}")
                    v = z @ fit.smoothed_state_cov[:, :, t] @ z
                    rows.append(f"{tag},{'cycle' if kind == 'cycle' else 'seasonal'}_error,{t},{np.sqrt(v):.15g}")
            ahead = fit.get_forecast(24)
            for h in [1, 2, 7, 12, 24]:
                rows.append(f"{tag},mean,{h},{ahead.predicted_mean[h - 1]:.15g}")
                rows.append(f"{tag},deviation,{h},{ahead.se_mean[h - 1]:.15g}")
            if kind in ("none", "dummy"):
                best = -np.inf
                starts = [params] + [np.array(params) * f for f in ([1, 10, 1, 1][:len(params)], [10, 1, .1, .1][:len(params)])]
                for start in starts:
                    for method in ("lbfgs", "nm"):
                        try:
                            best = max(best, model.fit(start, method=method, maxiter=500, disp=False).llf)
                        except Exception:
                            pass
                rows.append(f"{tag},maximum,0,{best:.15g}")
    print(name, flush=True)
with open("structural.csv", "w") as file:
    file.write("series,model,quantity,index,value\n" + "\n".join(rows) + "\n")
