import type { Reporter, TestModule } from 'vitest/node'

/** Lists the skipped tests with their reasons; TASKCLF_RIGS=require makes each of them a failure. */
export class SkippedReporter implements Reporter {
  readonly #required = process.env.TASKCLF_RIGS === 'require'

  constructor() {
    // The programs under test inherit this environment, and must not meet a variable that no user has.
    delete process.env.TASKCLF_RIGS
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const skipped = modules.flatMap((module) => [...module.children.allTests('skipped')])
    if (skipped.length === 0) return
    const reasons = new Map<string, number>()
    for (const test of skipped) {
      const result = test.result()
      const reason = `${test.module.relativeModuleId}: ${(result.state === 'skipped' && result.note) || 'no reason given'}`
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
    }
    process.stdout.write(`\n${skipped.length} tests skipped:\n`)
    for (const [reason, count] of reasons) process.stdout.write(`  ${count} × ${reason}\n`)
    if (!this.#required) return
    process.stderr.write('TASKCLF_RIGS=require: no test may be skipped. Install what is missing.\n')
    process.exitCode = 1
  }
}
