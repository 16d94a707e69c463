// Everything a reviewer would ask for: npm test, and what is about the packages as they are published.
import { spawnSync } from 'node:child_process'

const STEPS = ['check', 'packages:check', 'sizes', 'size', 'docs:build', 'torture:short', 'test:published']

for (const step of STEPS) {
  process.stdout.write(`\n== quality: ${step}\n`)
  const { status } = spawnSync('npm', ['run', '--silent', step], { stdio: ['ignore', 'inherit', 'inherit'] })
  if (status === 0) continue
  process.stderr.write(`\nnpm run quality: "${step}" failed. Run it alone with: npm run ${step}\n`)
  process.exit(1)
}
process.stdout.write(`\nnpm run quality: all ${STEPS.length} steps passed\n`)
