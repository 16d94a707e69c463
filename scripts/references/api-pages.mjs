// A page for each library: signatures from the API reports (packages/*/api), words and examples from the TSDoc.
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { publishedPackages } from '../pack-packages.mjs'
import { generated, table } from './markdown.mjs'

/** file name → page, with an index of all. */
export function apiPages() {
  const libraries = publishedPackages().filter(({ manifest }) => manifest.exports['.'] !== undefined)
  const entries = libraries.flatMap(({ dir, manifest }) =>
    Object.entries(manifest.exports)
      .filter(([, target]) => typeof target === 'object')
      .map(([path, target]) => {
        const entry = basename(target.types, '.d.ts')
        return {
          entry,
          specifier: join(manifest.name, path).replace(/\/$/, ''),
          description: manifest.description,
          source: join(dir, 'src', `${entry}.ts`),
          report: join(dir, 'api', `${entry}.api.md`),
        }
      }),
  )
  const texts = documentation(entries.map(({ source }) => source))
  const pages = Object.fromEntries(
    entries.map((entry) => [fileOf(entry), page(entry, texts.get(entry.source))]),
  )
  return { 'index.md': index(entries), ...pages }
}

const fileOf = ({ specifier }) => `${specifier.replace('@taskclf/', '').replaceAll('/', '-')}.md`

function index(entries) {
  const rows = entries.map((entry) => [`[${entry.specifier}](${fileOf(entry)})`, entry.description])
  return `${generated('Libraries', 'the manifests of packages/*')}
All are ESM with types; CommonJS takes them by \`require\`. Anything that is not exported by name from one of these is no part of the API.

${table(['entry', 'for'], rows)}
`
}

function page({ specifier, description, report }, texts) {
  if (!existsSync(report)) throw new Error(`${report} is missing; npm run api`)
  const signatures = declarationsOf(readFileSync(report, 'utf8'))
  const sections = [...texts].map(([name, { words, examples }]) => {
    const signature = signatures.get(name)
    return [
      `## ${name}`,
      ...(words === '' ? [] : [escapeTags(words)]),
      ...(signature === undefined
        ? ['Exported from another entry of the package, where it is described.']
        : [`\`\`\`ts\n${signature}\n\`\`\``]),
      ...examples.map((example) => `Example:\n\n${example}`),
    ].join('\n\n')
  })
  return `${generated(specifier, 'the API report and the TSDoc of the package')}\n${description}\n\n${sections.join('\n\n')}\n`
}

/** The report's declarations by name, each without the marks of the extractor. */
function declarationsOf(report) {
  const code = /```ts\n([\s\S]*)\n```/.exec(report)?.[1] ?? ''
  const found = new Map()
  for (const part of code.split(/^\/\/ @public.*$/m).slice(1)) {
    const text = part
      .replace(/^ *\/\/ .*\n/gm, '')
      .replace(/\n{2,}[\s\S]*$/, '')
      .trim()
    const name = /(?:function|class|const|type|interface) (\w+)/.exec(text)?.[1]
    if (name === undefined) continue
    found.set(name, found.has(name) ? `${found.get(name)}\n${text}` : text)
  }
  return found
}

/** Source → exported name → what its TSDoc says. */
function documentation(sources) {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const program = ts.createProgram(sources, options)
  const checker = program.getTypeChecker()
  return new Map(
    sources.map((source) => {
      const module = checker.getSymbolAtLocation(program.getSourceFile(source))
      const named = checker
        .getExportsOfModule(module)
        .map((symbol) => [symbol.name, textsOf(symbol, checker)])
        .sort(([a], [b]) => (a < b ? -1 : 1))
      return [source, named]
    }),
  )
}

function textsOf(exported, checker) {
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported
  const tags = symbol.getJsDocTags(checker)
  const plain = (parts) => withCode(ts.displayPartsToString(parts))
  const words = [
    plain(symbol.getDocumentationComment(checker)),
    ...tags.filter(({ name }) => name === 'throws').map(({ text }) => `Throws ${plain(text)}`),
  ]
  return {
    words: words.filter((text) => text.trim() !== '').join('\n\n'),
    examples: tags
      .filter(({ name }) => name === 'example')
      .map(({ text }) => ts.displayPartsToString(text).trim()),
  }
}

const withCode = (text) => text.replace(/\{@link (\w+)\}/g, '`$1`')

/** Words outside of code spans are Markdown in a page that takes tags. */
const escapeTags = (text) =>
  text
    .split(/(`[^`]*`)/)
    .map((part, i) => (i % 2 === 0 ? part.replaceAll('<', '&lt;').replaceAll('{{', '&#123;{') : part))
    .join('')
