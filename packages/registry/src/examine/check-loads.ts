import { type Check, type Finding, finding } from './examination.js'

/** Models that cannot be loaded, or do not reproduce their self-test: they must not go live. */
export const checkLoads: Check = ({ tried, active }) => {
  const activeId = active.status === 'valid' ? active.modelId : undefined
  const findings = [...tried.results].flatMap(([modelId, result]): Finding[] => {
    if (!('code' in result)) return []
    if (result.status === 'not_checked') {
      const advice = 'give a loader for its artifact; until then nothing says that it can serve'
      return [
        finding('note', 'not_checked', `${modelId} was not tried: ${result.message}`, advice, [modelId]),
      ]
    }
    const advice = 'taskclf model rollback if it serves; publish it again from the trainer'
    const level = modelId === activeId ? 'error' : 'warning'
    return [finding(level, result.code, result.message, advice, [modelId])]
  })
  if (tried.left === 0) return findings
  const message = `${tried.left} models were not loaded; only the active one and the newest ${tried.results.size} were tried`
  return [...findings, finding('note', 'not_all_loaded', message, 'taskclf model verify loads every one')]
}
