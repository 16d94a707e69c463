// Prediction and hot reload, each measured by a program of its own.

import { row, unmeasured } from '../lib/measure.mjs'
import { benchLightgbm } from '../lightgbm.mjs'
import { benchReload } from '../reload.mjs'

const NO_PEER = 'no Python with LightGBM here (TASKCLF_BENCH_PYTHON names one): not compared'

export async function measurePrediction({ quick }) {
  const { cases, peer } = await benchLightgbm({ quick })
  return cases.flatMap(({ trees, one_row: one, rows_1000: rows }) => {
    const isMeasured = peer !== 'recorded'
    const figures = (ns, peerNs, scale) =>
      isMeasured ? { ours: ns / scale, floor: peerNs / scale } : { ours: ns / scale, note: NO_PEER }
    return [
      row(`predict-one-${trees}`, `one row, ${trees} trees, against LightGBM from Python`, {
        ...figures(one.ns, one.peer_ns, 1000),
        unit: 'µs',
      }),
      row(
        `predict-rows-${trees}`,
        `1,000 rows, ${trees} trees, against LightGBM on one thread`,
        figures(rows.ns, rows.peer_ns, 1e6),
      ),
    ]
  })
}

export async function measureReload({ quick }) {
  const { cases, switches } = await benchReload({ quick })
  const seen = cases[0]
  if (seen === undefined) return [unmeasured('reload', 'switch seen by a watching process', 'not measured')]
  const note = `${switches} switches; from the switch begun to the first answer by the new model`
  return [
    {
      id: 'reload-p50',
      work: 'switch seen by a watching process, median',
      unit: 'ms',
      ours: seen.median_ms,
      note,
    },
    { id: 'reload-p99', work: 'switch seen by a watching process, p99', unit: 'ms', ours: seen.p99_ms },
  ]
}
