#!/usr/bin/env bash
# Remakes families.csv and speed.csv: every family on the whole monthly training parts and on their last 12, 16 and 24 months, beside the
# peers, all in one run on one machine, one process at a time.
#
#   VEDICH_SHARED_DATA=… PYTHON=… Benchmarks/forecasting/run.sh [OUT]
#
# PYTHON needs numpy, pandas and statsforecast. R with forecast is used where it is there. PEERS=no takes
# the peers' rows from the table that is there.
set -euo pipefail
cd "$(dirname "$0")/../.."
: "${VEDICH_SHARED_DATA:?the folder that holds forecast/train.csv}"
data="$VEDICH_SHARED_DATA/forecast"
python="${PYTHON:-python3}"
out="${1:-$(mktemp -d)}"
here=Benchmarks/forecasting
mkdir -p "$out"
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 NUMBA_NUM_THREADS=1
TIMEFORMAT=%U
"$python" "$here/cuts.py" "$data" "$out"
cp "$data/train.csv" "$out/train_whole.csv"
echo "method,series,cpu_seconds" > "$out/speed.csv"

ours="${OURS:-auto ets arima theta ces structural stl ces_best structural_best theta_stm theta_otm theta_dstm theta_auto naive snaive naive2 drift mean damped trend combination growth counts croston}"
for cut in whole k12 k16 k24; do
  for model in $ours; do
    seconds=$( { time .build/release/vedich forecast "$out/train_$cut.csv" --unit-column unique_id --period-column ds \
      --value-column y --season 12 --horizon 18 --model "$model" --no-panel --threads 1 \
      --output "$out/vedich_${model}_$cut.csv" --models "$out/models_${model}_$cut.csv" 2> "$out/errors.txt"; } 2>&1 )
    if [ "$cut" = whole ]; then echo "vedich $model,300,$seconds" >> "$out/speed.csv"; fi
  done
  if [ "${PEERS:-yes}" = no ]; then continue; fi
  for model in AutoETS AutoARIMA DynamicOptimizedTheta AutoCES; do
    line=$("$python" "$here/peers.py" "$out/train_$cut.csv" "$model" "$out/statsforecast_${model}_$cut.csv")
    if [ "$cut" = whole ]; then echo "$line" >> "$out/speed.csv"; fi
  done
  if command -v Rscript > "$out/which.txt"; then
    for model in ets auto.arima thetaf; do
      Rscript "$here/peers.R" "$out/train_$cut.csv" "$model" "$out/R_${model}_$cut.csv" > "$out/r.txt"
    done
  fi
done
"$python" "$here/table.py" "$data" "$out" "$here/families.csv" > "$out/families.csv"
echo "$out/families.csv $out/speed.csv"
