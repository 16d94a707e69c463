// Prediction and hot reload, each measured by a program of its own.

import { row } from '../lib/measure.mjs'
import { benchLightgbm } from '../lightgbm.mjs'
import { benchReload } from '../reload.mjs'

const RECORDED = 'LightGBM: figures recorded on another machine (bench/lightgbm.mjs), not of this run'

export async function measurePrediction({ quick }) {
  const { cases, peer } = await benchLightgbm({ quick })
  const note = peer === 'recorded' ? RECORDED : undefined
  return cases.flatMap(({ trees, one_row: one, rows_1000: rows }) => {
    const figures = ({ ns, peer_ns: peerNs }, scale) => ({ ours: ns / scale, floor: peerNs / scale, note })
    return [
      row(`predict-one-${trees}`, `one row, ${trees} trees, against LightGBM from Python`, {
        ...figures(one, 1000),
        unit: 'µs',
      }),
      row(
        `predict-rows-${trees}`,
        `1,000 rows, ${trees} trees, against LightGBM on one thread`,
        figures(rows, 1e6),
      ),
    ]
  })
}

export async function measureReload({ quick }) {
  const { cases, switches } = await benchReload({ quick })
  const [answered, , , seen] = cases
  const note = `${switches} switches, each from its begin, so that writing and syncing it counts`
  const figure = (id, work, ours) => ({ id, work, unit: 'ms', ours, note })
  return [
    figure('reload-p50', 'switch seen by a watching process, median', seen.median_ms),
    figure('reload-p99', 'switch seen by a watching process, p99', seen.p99_ms),
    figure('answer-p50', 'first answer by the model switched to, median', answered.median_ms),
    figure('answer-p99', 'first answer by the model switched to, p99', answered.p99_ms),
  ]
}
