// npm run exhaustive: every cell of the tables of which npm test takes a part (test-kit/exhaustive.ts). About ten minutes.
// No library: an environment variable around vitest.
import { spawnSync } from 'node:child_process'

const TESTS = [
  'packages/active-pointer/test/faults.test.ts',
  'packages/active-pointer/test/contention.test.ts',
  'packages/promotion/test/kills.test.ts',
  'packages/cli/test/plain.test.ts',
]
const { status } = spawnSync('npx', ['vitest', 'run', '--testTimeout=600000', ...TESTS], {
  stdio: 'inherit',
  env: { ...process.env, TASKCLF_EXHAUSTIVE: '1' },
})
process.exit(status ?? 1)
