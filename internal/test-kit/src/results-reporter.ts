import { appendFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'

/**
 * Lists the skipped tests with their reasons, and tells scripts/suites.mjs what to count. TASKCLF_RIGS=require makes
 * each skipped test a failure.
 */
export class ResultsReporter implements Reporter {
  readonly #required = process.env.TASKCLF_RIGS === 'require'
  readonly #results = process.env.TASKCLF_RESULTS

  constructor() {
    // The programs under test inherit this environment, and must not meet a variable that no user has.
    delete process.env.TASKCLF_RIGS
    delete process.env.TASKCLF_RESULTS
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const all = modules.flatMap((module) => [...module.children.allTests()])
    const passed = all.filter((test) => test.result().state === 'passed').length
    const skipped = new Map<string, { count: number; file: string; why: string }>()
    for (const test of all) {
      const result = test.result()
      if (result.state !== 'skipped') continue
      const [file, why] = [test.module.relativeModuleId, result.note || 'no reason given']
      const { count } = skipped.get(file + why) ?? { count: 0 }
      skipped.set(file + why, { count: count + 1, file, why })
    }
    const rows = [...skipped.values()]
    const result = { passed, skipped: rows.map(({ count, why }) => [count, why]) }
    if (this.#results) appendFileSync(this.#results, `${JSON.stringify(result)}\n`)
    if (rows.length === 0) return
    process.stdout.write('\nskipped tests:\n')
    for (const { count, file, why } of rows) process.stdout.write(`  ${count} × ${file}: ${why}\n`)
    if (!this.#required) return
    process.stderr.write('TASKCLF_RIGS=require: no test may be skipped. Install what is missing.\n')
    process.exitCode = 1
  }
}
