// Every relative link in every written page leads to a file that is there, and every anchor to a heading of it. The site's
// own build checks its pages; this checks READMEs and links between the site and the repository, too.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { slug } from './references/slug.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const SKIPPED = new Set([
  'node_modules',
  'dist',
  '.git',
  'fixtures',
  'coverage',
  'reports',
  'api',
  '.stryker-tmp',
  '.turbo',
  'venv',
  '.venv',
])

const broken = []
const known = new Map()
const pages = markdownIn(root)
for (const page of pages) for (const link of linksOf(readFileSync(page, 'utf8'))) check(page, link)

if (broken.length > 0) {
  process.stderr.write(`${broken.join('\n')}\n`)
  process.exitCode = 1
} else process.stdout.write(`${pages.length} pages: every link leads somewhere\n`)

function markdownIn(dir) {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name) && !(entry.name === 'api' && dir.endsWith('reference'))) return []
    const path = join(dir, entry.name)
    if (entry.isDirectory()) return markdownIn(path)
    return entry.isFile() && entry.name.endsWith('.md') ? [path] : []
  })
}

/** Relative links, code left out. */
function linksOf(text) {
  const prose = text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '')
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link)
    .filter((link) => !/^[a-z]+:/i.test(link))
}

function check(page, link) {
  const [path, anchor] = link.split('#')
  const target = path === '' ? page : resolve(dirname(page), decodeURIComponent(path))
  const where = `${relative(root, page)}: ${link}`
  if (!existsSync(target)) broken.push(`${where} leads nowhere`)
  else if (anchor !== undefined && statSync(target).isFile() && !anchorsOf(target).has(anchor))
    broken.push(`${where}: there is no such heading`)
}

function anchorsOf(path) {
  if (!known.has(path)) {
    const prose = readFileSync(path, 'utf8').replace(/^```[\s\S]*?^```$/gm, '')
    const headings = [...prose.matchAll(/^#{1,6} (.+)$/gm)]
    known.set(path, new Set(headings.map(([, text]) => slug(text.replace(/[`*]/g, '')))))
  }
  return known.get(path)
}
