// Everything `npm test` promises, in the order that fails soonest. Each step is a package script of its own.
import { spawnSync } from 'node:child_process'

const STEPS = [
  'typecheck',
  'lint',
  'direction',
  'house',
  'tsdoc',
  'schemas:check',
  'api:check',
  'docs:reference:check',
  'docs:links',
  'knip',
  'unit',
]

const started = Date.now()
for (const step of STEPS) {
  const at = Date.now()
  process.stdout.write(`\n== ${step}\n`)
  const { status } = spawnSync('npm', ['run', '--silent', step], { stdio: ['ignore', 'inherit', 'inherit'] })
  if (status !== 0) {
    process.stderr.write(`\nnpm test: step "${step}" failed. Run it alone with: npm run ${step}\n`)
    process.exit(1)
  }
  process.stdout.write(`== ${step}: ok in ${((Date.now() - at) / 1000).toFixed(1)} s\n`)
}
process.stdout.write(
  `\nnpm test: all ${STEPS.length} steps passed in ${((Date.now() - started) / 1000).toFixed(0)} s\n`,
)
