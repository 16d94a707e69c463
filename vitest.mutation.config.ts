import { defineConfig, mergeConfig } from 'vitest/config'
import base from './vitest.config.js'

const name = process.env.TASKCLF_MUTATE ?? '*'

/** The tests that mutants are tried against: in this process, quick, and of one package. See docs/testing.md. */
export default mergeConfig(
  defineConfig({ ...base, test: { ...base.test, include: [] } }),
  defineConfig({
    test: {
      include: [`packages/${name}/test/**/*.test.ts`, 'tests/regression/**/*.test.ts'],
      exclude: [
        '**/node_modules/**',
        // Start programs, or need the built packages.
        '**/contention.test.ts',
        '**/a-failing-disk-is-taken-for-a-broken-model.test.ts',
        // Measures how long others wait, on a machine that is busy with mutants.
        '**/requests-wait-while-a-model-loads.test.ts',
        // Change the mode of the process, which only a process of its own can.
        '**/a-strict-umask-hides-the-model-from-the-service.test.ts',
        '**/readme.test.ts',
        '**/docs.test.ts',
        '**/bundling.test.ts',
        '**/browser.test.ts',
      ],
      // Those of what may not be read change the user of the process, which only a process of its own can; others start one with what is built.
      // Exhaustive ones take seconds for each mutant. Of the power losses those at every step of each scenario stay.
      testNamePattern:
        /^(?!.*(step × fault|at each step under each fault|also after a first attempt|umask|by another process|no forbidden outcome|any sequence of changes|may not (be )?read))/,
      testTimeout: 20_000,
      setupFiles: ['./vitest.mutation.setup.ts'],
    },
  }),
)
