// What is built, as far as pages may name it: commands, exports, codes, keys of documents, files, names of the examples.
// No library: each is declared in a place of ours.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { constants } from 'node:os'
import { basename, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadDeclarations } from '../references/load-declarations.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (file) => readFileSync(`${root}${file}`, 'utf8')

/** Loads all of it from the sources, the API reports and the published schemas. */
export async function loadBuilt() {
  const { COMMANDS, GLOBAL_FLAGS, configSchema, policyFileSchema, ...declared } = await loadDeclarations()
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  const files = listed.trim().split('\n')
  const matching = (pattern) => files.filter((file) => pattern.test(file))
  const reports = matching(/^packages\/[^/]+\/api\/.*\.api\.md$/).map((file) => ({ file, text: read(file) }))
  const codes = Object.entries(declared).flatMap(([name, table]) =>
    /_EXITS$/.test(name) ? [] : Object.keys(table),
  )
  const sources = matching(/^packages\/[^/]+\/src\/.*\.ts$/).map(read)
  const packages = matching(/^packages\/[^/]+\/package\.json$/).map((file) => JSON.parse(read(file)))
  return {
    commands: COMMANDS,
    globalFlags: GLOBAL_FLAGS,
    scripts: new Set(Object.keys(JSON.parse(read('package.json')).scripts)),
    entries: new Map(packages.flatMap((manifest) => entriesOf(manifest, reports))),
    files: withFolders(files),
    names: new Set([...withFolders(files)].map((file) => basename(file))),
    configSchema,
    policyFileSchema,
    codes: new Set(codes),
    /** Texts, and beginnings of texts, that the packages compare with or answer: codes of notes, names in model files, endings. */
    prefixes: new Set(
      sources.flatMap((text) => [...text.matchAll(/`(\w+_)\$\{\w+\}`/g)].map(([, prefix]) => prefix)),
    ),
    literals: new Set(
      sources.flatMap((text) => [...text.matchAll(/'([\w.*@+/-]{1,60})'/g)].map(([, literal]) => literal)),
    ),
    words: new Set([
      ...reports.flatMap(({ text }) => wordsOf(text.replaceAll(/^\s*\/\/.*$/gm, ''))),
      ...matching(/^packages\/(documents|flags|report|settings|terminal)\/src\/index\.ts$/).flatMap((file) =>
        wordsOf(read(file)),
      ),
      ...matching(/^packages\/[^/]+\/schemas\/.*\.json$/).flatMap((file) => namesIn(JSON.parse(read(file)))),
      ...COMMANDS.flatMap(({ path, flags, words = [] }) => [
        ...path,
        ...Object.keys(flags),
        ...words.flatMap(({ name, choices = [] }) => [name, ...choices]),
      ]),
      ...Object.keys(GLOBAL_FLAGS),
      ...matching(/^examples\/.*\.json$/).flatMap((file) => namesIn(JSON.parse(read(file)))),
      ...matching(/^examples\/.*\.csv$/).flatMap((file) => wordsOf(read(file).split('\n', 1)[0])),
      ...sources.flatMap((text) => text.match(/TASKCLF_[A-Z_]+/g) ?? []),
      ...wordsOf(read('action.yml')),
      ...packages.flatMap(({ name, keywords = [] }) => [basename(name), ...keywords]),
      ...matching(/^examples\/.*\/models\/[^/]+\//).map((file) => file.split('/')[3]),
    ]),
    platform: new Set([
      ...Object.getOwnPropertyNames(globalThis),
      ...[Object, Function, Promise, Number, Date, Symbol, JSON, Array, Uint8Array].flatMap((own) => [
        ...Object.getOwnPropertyNames(own),
        ...Object.getOwnPropertyNames(own.prototype ?? {}),
      ]),
      ...Object.keys(constants.errno),
      ...Object.keys(constants.signals),
      ...process.allowedNodeEnvironmentFlags,
      ...builtinModules.flatMap((name) => [name, `node:${name}`]),
      // TypeScript's, whose users a page is for.
      ...['moduleResolution', 'nodenext', 'node16', 'node10', 'bundler'],
    ]),
    /** Every name in the sources, for pages about how the project is made. */
    sources: new Set(
      matching(
        /^(packages\/[^/]+\/(src|test)|scripts(?!\/docs)|tests(?!\/scripts\/docs)|bench|internal\/[^/]+\/(src|test)|action|examples)\/.*\.(ts|mts|mjs|py)$|^[^/]+\.(json|ts|mjs|yaml)$/,
      ).flatMap((file) => wordsOf(read(file))),
    ),
  }
}

/** `[entry, exported names]` of a package, of every entry that has a report; of schemas and the rest no names. */
function entriesOf({ name, exports = {} }, reports) {
  const of = (entry) => {
    const report = `packages/${basename(name)}/api/${entry === '.' ? 'index' : basename(entry)}.api.md`
    const text = reports.find(({ file }) => file === report)?.text
    return text === undefined ? undefined : exportedNames(text)
  }
  return [...Object.keys(exports), '.'].map((entry) => [
    entry === '.' ? name : `${name}${entry.slice(1)}`,
    of(entry),
  ])
}

function exportedNames(report) {
  const declared = report.matchAll(
    /^export (?:declare |abstract )*(?:function|class|const|let|interface|type|enum|namespace) (\w+)/gm,
  )
  const listed = [...report.matchAll(/^export \{ ([^}]+) \}/gm)].flatMap(([, names]) =>
    names.split(',').map((name) => name.trim().split(' as ').at(-1)),
  )
  return new Set([...[...declared].map(([, name]) => name), ...listed])
}

/** Keys and short texts of a document, at any depth; of a schema so its keys and the values that it lists. */
function namesIn(value) {
  if (typeof value === 'string') return value.length > 80 ? [] : [value, ...wordsOf(value)]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) => [
    key,
    ...(key === 'description' ? [] : namesIn(each)),
  ])
}

const wordsOf = (text) => text.match(/[A-Za-z_$][\w$]*/g) ?? []

function withFolders(files) {
  const all = new Set(files)
  for (const file of files)
    for (let dir = dirname(file); dir !== '.' && !all.has(dir); dir = dirname(dir)) all.add(dir)
  return all
}
