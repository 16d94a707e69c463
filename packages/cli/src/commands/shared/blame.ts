import type { SelectionReport } from '@taskclf/selection-policy'

/** How often a gate kept a valid bundle out. */
export interface Blame {
  metric: string
  failed: number
  absent: number
  of: number
}

/** The gates that bundles fail, the most frequent first. */
export function blameOf(report: SelectionReport): Blame[] {
  const judged = report.excluded.filter(({ gates }) => gates !== undefined)
  const of = judged.length + report.ranked.length
  const blames = new Map<string, Blame>()
  for (const { gates = [] } of judged) {
    for (const { metric, passed, code } of gates) {
      if (passed) continue
      const blame = blames.get(metric) ?? { metric, failed: 0, absent: 0, of }
      blame.failed++
      if (code === 'metric_absent') blame.absent++
      blames.set(metric, blame)
    }
  }
  return [...blames.values()].sort((a, b) => b.failed - a.failed)
}

/** The blame as a sentence; undefined when no gate kept anything out. */
export function blameText(report: SelectionReport): string | undefined {
  const parts = blameOf(report).map(({ metric, failed, absent, of }) => {
    const why = absent === 0 ? '' : absent === failed ? ', where it is absent' : `, absent in ${absent}`
    return `${metric} fails for ${failed} of ${of}${why}`
  })
  return parts.length === 0 ? undefined : `gates to blame: ${parts.join('; ')}`
}

/** Whether every bundle fails for want of what the Python project does not write. */
export function looksUngated(report: SelectionReport): boolean {
  const [worst] = blameOf(report)
  return worst !== undefined && worst.absent === worst.of
}
