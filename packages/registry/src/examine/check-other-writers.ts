import { inferencePolicyWarnings } from '@taskclf/infer-resolver'
import { type Check, finding } from './examination.js'

/** Traces of other programs that decide which model serves. */
export const checkOtherWriters: Check = ({ active, layout }) => {
  const findings = []
  if (active.status === 'valid' && active.pointer.write_id === undefined) {
    const message = `another program made ${active.modelId} active: active.json has no revision`
    const advice = 'expected where the Python project switches too; its switches are adopted, but do not lock'
    findings.push(finding('note', 'foreign_pointer', message, advice))
  }
  const activeId = active.status === 'valid' ? active.modelId : 'none'
  const advice = 'the Python project obeys that file first: remove it, or switch both'
  for (const { code, message } of inferencePolicyWarnings(layout.root, activeId))
    findings.push(finding('warning', code, message, advice))
  return findings
}
