// The built site as a visitor meets it: served on loopback and followed from its first page. Whatever a page asks for or links
// to on the site is there, down to the headings, and every page is reached.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const site = fileURLToPath(new URL('../docs/.vitepress/dist', import.meta.url))
const base = process.env.DOCS_BASE ?? '/'

const server = createServer(serve).listen(0, '127.0.0.1')
await new Promise((resolve) => server.once('listening', resolve))
const origin = `http://127.0.0.1:${server.address().port}`

const broken = []
const seen = new Map()
await visit(base, 'the address of the site')
for (const [path, { page, asked }] of seen)
  for (const [anchor, from] of asked)
    if (!hasId(page, anchor)) broken.push(`${from}: no #${anchor} in ${path}`)
broken.push(...unreached().map((file) => `${file}: no link leads there`))
server.close()

if (broken.length > 0) {
  process.stderr.write(`${broken.join('\n')}\n`)
  process.exitCode = 1
} else process.stdout.write(`${pages().length} pages and ${seen.size} addresses of the site: all there\n`)

function serve({ url }, response) {
  const path = decodeURIComponent(new URL(url, origin).pathname)
  const file = join(site, path.startsWith(base) ? path.slice(base.length) : '..')
  const found = [file, join(file, 'index.html')].find((each) => existsSync(each) && statSync(each).isFile())
  if (found === undefined || !found.startsWith(site)) response.writeHead(404).end()
  else response.end(readFileSync(found))
}

async function visit(path, from) {
  const { pathname, hash } = new URL(path, origin)
  if (!seen.has(pathname)) {
    const answer = await fetch(origin + pathname)
    const isPage = answer.ok && /(\/|\.html)$/.test(pathname)
    const page = isPage ? await answer.text() : ''
    seen.set(pathname, { page, asked: [] })
    if (!answer.ok) broken.push(`${from}: ${pathname} is not there`)
    for (const link of linksOf(page)) await visit(new URL(link, origin + pathname).href, pathname)
  }
  if (hash !== '') seen.get(pathname).asked.push([decodeURIComponent(hash.slice(1)), from])
}

/** What a page links to or loads on the site itself. */
function linksOf(page) {
  const links = [...page.matchAll(/<[a-z][^>]*?\s(?:href|src)="([^"]*)"/g)].map(([, link]) =>
    link.replaceAll('&amp;', '&'),
  )
  return links.filter((link) => !/^([a-z]+:|\/\/)/i.test(link))
}

function hasId(page, anchor) {
  return anchor === '' || page.includes(` id="${anchor}"`)
}

function pages() {
  const files = readdirSync(site, { recursive: true, withFileTypes: true }).filter(({ name }) =>
    name.endsWith('.html'),
  )
  return files
    .map((entry) => relative(site, join(entry.parentPath, entry.name)))
    .filter((file) => file !== '404.html')
}

function unreached() {
  const names = (file) => [file, file.replace(/(^|\/)index\.html$/, '$1')].map((name) => base + name)
  return pages().filter((file) => !names(file).some((name) => seen.has(name)))
}
