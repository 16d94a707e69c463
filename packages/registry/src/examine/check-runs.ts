import { type RunRecord, trainerState } from '@taskclf/runs'
import { type Check, count, finding } from './examination.js'

/** Training runs that nobody watches over, and those that cannot be read. */
export const checkRuns: Check = ({ runs, runsDir }) => {
  if (runs instanceof Error) {
    const advice = 'check the path and its permissions; nothing is known of the runs'
    return [finding('warning', runs.code, runs.message, advice)]
  }
  const orphaned = runs.filter(({ status }) => status === 'orphaned')
  const working = orphaned.filter((run) => trainerState(run) === 'alive')
  const over = orphaned.filter((run) => !working.includes(run))
  const damaged = runs.filter(({ status }) => status === 'damaged')
  return [
    ...(working.length === 0 ? [] : [orphanedFinding(working)]),
    ...(over.length === 0 ? [] : [abandonedFinding(over)]),
    ...(damaged.length === 0 ? [] : [damagedFinding(damaged, runsDir)]),
  ]
}

function orphanedFinding(runs: readonly RunRecord[]) {
  const message = `${count(runs.length, 'trainer')} working on, whose watcher was killed: ${idsOf(runs)}`
  return finding('warning', 'orphaned_run', message, 'taskclf runs cancel RUN_ID ends it')
}

function abandonedFinding(runs: readonly RunRecord[]) {
  const message = `${count(runs.length, 'run')} without an outcome, whose watcher was killed: ${idsOf(runs)}`
  return finding(
    'note',
    'abandoned_run',
    message,
    'taskclf runs show RUN_ID says how far it came; then remove it',
  )
}

function damagedFinding(runs: readonly RunRecord[], runsDir: string) {
  const message = `${count(runs.length, 'run')} in ${runsDir} without a readable manifest: ${idsOf(runs)}`
  return finding('note', 'damaged_run', message, 'remove what nobody needs')
}

function idsOf(runs: readonly RunRecord[]): string {
  return runs.map(({ id }) => id).join(', ')
}
