import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { slug } from 'github-slugger'
import { defineConfig } from 'vitepress'
import { pageOf, REPOSITORY, repositoryLinks } from './site-pages.mts'

/** A page by its first heading. */
function page(source: string) {
  const heading = /^# (.+)$/m.exec(readFileSync(join(REPOSITORY, source), 'utf8'))?.[1]
  return { text: heading ?? source, link: `/${pageOf(source)?.replace(/(index)?\.md$/, '')}` }
}

/** The pages of a directory, in the order of their names. */
function pagesOf(dir: string) {
  const path = join(REPOSITORY, dir)
  const files = existsSync(path) ? readdirSync(path).sort() : []
  return files.filter((file) => /^(?!index|README).*\.md$/.test(file)).map((file) => page(`${dir}/${file}`))
}

/** What the directories within a directory say of themselves. */
function readmesOf(dir: string) {
  const sources = readdirSync(join(REPOSITORY, dir)).map((name) => `${dir}/${name}/README.md`)
  return sources.filter((source) => existsSync(join(REPOSITORY, source))).map(page)
}

const named = (dir: string, names: string[]) => names.map((name) => page(`${dir}/${name}.md`))

// biome-ignore lint/style/noDefaultExport: vitepress reads the default export
export default defineConfig({
  title: 'taskclf',
  description: 'A file-native model registry for Node: gate, rank, activate, resolve, promote.',
  base: process.env.DOCS_BASE ?? '/',
  lastUpdated: false,
  vite: { build: { chunkSizeWarningLimit: 4_000 } },
  // The pages that lie beside what they describe belong to the site, too.
  srcDir: '..',
  srcExclude: [
    '*/**/{CHANGELOG,NOTES}.md',
    'README.md',
    'bench/**',
    'internal/**',
    'packages/*/{api,docs}/**',
    // What is installed beside the sources is no page of theirs.
    '**/{venv,.venv,site-packages,node_modules}/**',
  ],
  rewrites: (source) => pageOf(source) ?? source,
  markdown: {
    anchor: { slugify: (heading) => slug(heading) },
    // Where the repository is on the web, when a build is told: https://host/owner/name
    config: (md) => repositoryLinks(md, process.env.DOCS_REPOSITORY),
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Guides', link: '/guides/first-registry' },
      { text: 'Packages', link: '/packages/cli' },
      { text: 'Commands', link: '/reference/commands' },
      { text: 'Errors', link: '/reference/errors' },
    ],
    sidebar: [
      {
        text: 'Guides',
        items: named('docs/guides', [
          'first-registry',
          'policies',
          'promotion',
          'trainers',
          'importing',
          'serving',
          'recipes',
          'typescript-and-jest',
          'several-models',
          'report',
          'repairing',
          'sharing-with-python',
          'ci',
        ]),
      },
      {
        text: 'Operation',
        items: named('docs/guides', [
          'environments',
          'backup-and-moving',
          'retention',
          'permissions',
          'containers',
          'cron-and-systemd',
          'windows',
        ]),
      },
      {
        text: 'Contracts',
        items: named('docs', ['model_bundle_layout', 'metrics_contract', 'model_selection', 'versioning']),
      },
      {
        text: 'Reference',
        items: named('docs/reference', ['commands', 'errors', 'schemas', 'states', 'api/index']),
      },
      { text: 'Packages', collapsed: true, items: readmesOf('packages') },
      { text: 'Libraries in full', collapsed: true, items: pagesOf('docs/reference/api/@taskclf') },
      { text: 'Examples', collapsed: true, items: readmesOf('examples') },
      {
        text: 'Behind it',
        collapsed: true,
        items: [
          page('ARCHITECTURE.md'),
          page('CONTRIBUTING.md'),
          ...named('docs', ['performance', 'security', 'testing']),
          page('tests/regression/README.md'),
          ...pagesOf('docs/decisions'),
        ],
      },
    ],
  },
})
