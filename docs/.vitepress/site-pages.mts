import { existsSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { MarkdownRenderer } from 'vitepress'

/** The repository, of which more is read here than docs/. */
export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url))

const PAGES: [source: RegExp, page: string][] = [
  [/^(?:packages\/cli\/)?docs\/(.+)\.md$/, '$1.md'],
  [/^(ARCHITECTURE|CONTRIBUTING)\.md$/, '$1.md'],
  [/^(packages|examples)\/([\w-]+)\/README\.md$/, '$1/$2.md'],
  [/^tests\/(regression)\/README\.md$/, '$1.md'],
]

/** Where a Markdown file of the repository stands on the site; undefined when it does not. */
export function pageOf(source: string): string | undefined {
  const [pattern, page] = PAGES.find(([pattern]) => pattern.test(source)) ?? []
  if (pattern === undefined || page === undefined) return undefined
  return source
    .replace(pattern, page)
    .replace(/^[A-Z]+\.md$/, (name) => name.toLowerCase())
    .replace(/README\.md$/, 'index.md')
}

/**
 * Links as they stand in the repository, made to lead somewhere from the site: to the page that a file or directory is here, else
 * into the repository, else nowhere, as plain text. What is not in the repository either stays, and the build fails on it.
 *
 * @param address of the repository on the web; not every build knows one
 */
export function repositoryLinks(md: MarkdownRenderer, address: string | undefined): void {
  md.core.ruler.push('repository-links', ({ tokens, env }) => {
    // The search tells only one of them, and titles that are rendered by themselves neither.
    const file = env.realPath ?? env.path
    if (file === undefined) return
    const dir = dirname(file)
    for (const token of tokens) {
      let dropped = false
      token.children = (token.children ?? []).filter((child) => {
        if (child.type === 'link_close' && dropped) {
          dropped = false
          return false
        }
        const href = child.type === 'link_open' ? (child.attrGet('href') ?? '') : ''
        if (href === '' || /^([a-z]+:|[#/])/i.test(href)) return true
        const target = targetOf(dir, href, address)
        if (target === undefined) dropped = true
        else child.attrSet('href', target)
        return target !== undefined
      })
    }
  })
}

function targetOf(dir: string, href: string, address: string | undefined): string | undefined {
  const [, path = '', anchor = ''] = /^([^#]*)(.*)$/.exec(href) ?? []
  const file = join(dir, decodeURIComponent(path))
  if (!existsSync(file)) return href
  const isDirectory = statSync(file).isDirectory()
  const source = relative(REPOSITORY, file).replace(/\/$/, '')
  const page = pageOf(isDirectory ? `${source}/README.md` : source)
  if (page !== undefined && existsSync(isDirectory ? join(file, 'README.md') : file))
    return `/${page}${anchor}`
  return address && `${address}/${isDirectory ? 'tree' : 'blob'}/HEAD/${source}`
}
