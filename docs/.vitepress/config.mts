import { readdirSync, readFileSync } from 'node:fs'
import { defineConfig } from 'vitepress'

const docs = new URL('..', import.meta.url)

/** The pages of a directory, each by its first heading, in the order of their names. */
function pagesOf(dir: string): { text: string; link: string }[] {
  return readdirSync(new URL(`${dir}/`, docs))
    .filter((file) => file.endsWith('.md') && file !== 'index.md')
    .sort()
    .map((file) => ({ text: headingOf(`${dir}/${file}`), link: `/${dir}/${file.replace(/\.md$/, '')}` }))
}

function headingOf(path: string): string {
  return /^# (.+)$/m.exec(readFileSync(new URL(path, docs), 'utf8'))?.[1] ?? path
}

const named = (paths: string[]) => paths.map((path) => ({ text: headingOf(`${path}.md`), link: `/${path}` }))

// biome-ignore lint/style/noDefaultExport: vitepress reads the default export
export default defineConfig({
  title: 'taskclf',
  description: 'A file-native model registry for Node: gate, rank, activate, resolve, promote.',
  base: process.env.DOCS_BASE ?? '/',
  lastUpdated: false,
  vite: { build: { chunkSizeWarningLimit: 4_000 } },
  // Pages link to sources and packages of the repository by relative paths, which are no pages of the site.
  ignoreDeadLinks: [
    /\.\.\/(\.\.\/)?(packages|examples|bench|tests|internal|scripts|action|\.github)\b/,
    /ARCHITECTURE|CONTRIBUTING/,
  ],
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Guides', link: '/guides/first-registry' },
      { text: 'Commands', link: '/reference/commands' },
      { text: 'Errors', link: '/reference/errors' },
    ],
    sidebar: [
      {
        text: 'Guides',
        items: named([
          'guides/first-registry',
          'guides/policies',
          'guides/promotion',
          'guides/trainers',
          'guides/serving',
          'guides/sharing-with-python',
          'guides/ci',
        ]),
      },
      {
        text: 'Contracts',
        items: named(['model_bundle_layout', 'metrics_contract', 'model_selection', 'versioning']),
      },
      {
        text: 'Reference',
        items: named(['reference/commands', 'reference/errors', 'reference/schemas', 'reference/api/index']),
      },
      { text: 'Libraries', collapsed: true, items: pagesOf('reference/api') },
      {
        text: 'Behind it',
        collapsed: true,
        items: [
          ...pagesOf('.').filter(({ link }) => /testing|performance|security/.test(link)),
          ...pagesOf('decisions'),
        ],
      },
    ],
  },
})
