// npm run badge [-- --check]      From coverage/coverage-summary.json: docs/coverage.svg, and a table on stdout.
// The same on every machine: whole percents, rounded down, of counts that vitest made; no clock, no font measuring.
// No library: badge services are asked over the network; a badge made here is the same on every machine.
import { readFileSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const summary = JSON.parse(readFileSync(join(root, 'coverage', 'coverage-summary.json'), 'utf8'))
const METRICS = ['statements', 'branches', 'functions', 'lines']

/** Counts of every package, added up from its files. */
const packages = new Map()
for (const [path, counts] of Object.entries(summary)) {
  const [folder, name] = relative(root, path).split(sep)
  if (path === 'total' || folder !== 'packages') continue
  const sum =
    packages.get(name) ?? Object.fromEntries(METRICS.map((metric) => [metric, { covered: 0, total: 0 }]))
  for (const metric of METRICS) {
    sum[metric].covered += counts[metric].covered
    sum[metric].total += counts[metric].total
  }
  packages.set(name, sum)
}

const percent = ({ covered, total }) => (total === 0 ? 100 : Math.floor((100 * covered) / total))
process.stdout.write(`| package | ${METRICS.join(' | ')} |\n| --- |${' ---: |'.repeat(METRICS.length)}\n`)
for (const [name, counts] of [...packages].sort(([a], [b]) => (a < b ? -1 : 1)))
  process.stdout.write(
    `| ${name} | ${METRICS.map((metric) => `${percent(counts[metric])} %`).join(' | ')} |\n`,
  )

const share = percent(summary.total.branches)
const colour = share >= 95 ? '#3a7d34' : share >= 85 ? '#8a7a12' : '#a33a2a'
const file = join(root, 'docs', 'coverage.svg')
const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="132" height="20" role="img" aria-label="branches covered: ${share} %">
  <rect width="96" height="20" rx="3" fill="#444"/>
  <rect x="92" width="40" height="20" rx="3" fill="${colour}"/>
  <g fill="#fff" font-family="Verdana,sans-serif" font-size="11" text-anchor="middle">
    <text x="46" y="14" textLength="80">branch coverage</text>
    <text x="112" y="14">${share} %</text>
  </g>
</svg>
`
if (process.argv.includes('--check')) {
  if (readOrEmpty(file) === svg) process.exit(0)
  process.stderr.write('docs/coverage.svg is not what the coverage says: run npm run badge and commit it\n')
  process.exit(1)
}
writeFileSync(file, svg)
process.stdout.write(`\n${relative(root, file)}: ${share} % of all branches\n`)

function readOrEmpty(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
