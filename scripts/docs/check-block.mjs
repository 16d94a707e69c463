// A fenced block: the commands that it types, the names that it imports, the policy or configuration that it is.
// No library: TypeScript would check the imports, and nothing else of these.
import { commandProblem, commandsIn } from './check-command.mjs'

const TYPED = new Set(['sh', 'bash', 'console', 'yaml', 'dockerfile', 'ini'])
const PROGRAM = new Set(['js', 'mjs', 'ts'])

/** `{ line, what }` of each name in the block that is not there. */
export function blockProblems(block, built) {
  const { language, line, text } = block
  const at = (problems) => problems.map(({ line: below, what }) => ({ line: line + below, what }))
  if (PROGRAM.has(language)) return at(importProblems(text, built))
  if (language === 'json') return at(documentProblems(block, built))
  if (TYPED.has(language) || language === 'text')
    return at([...typedProblems(block, built), ...scriptProblems(text, built)])
  return []
}

function typedProblems({ language, text }, built) {
  return commandsIn(language === 'text' ? onlyLines(text) : text).flatMap(({ typed, line }) => {
    const what = commandProblem(typed, built)
    return what === undefined ? [] : [{ line, what }]
  })
}

/** Of a text, the lines that are a command: what follows two blanks explains it. */
const onlyLines = (text) =>
  text.replaceAll(/^.*$/gm, (line) =>
    /^(?:\$ )?(?:npx )?taskclf /.test(line) ? line.replace(/(?<=\S) {2,}.*/, '') : '',
  )

function scriptProblems(text, { scripts }) {
  return [...text.matchAll(/(?:^|[;&|] *)(?:\$ )?npm run (?:-s )?([\w:-]+)/gm)].flatMap(
    ({ 1: script, index }) =>
      scripts.has(script)
        ? []
        : [{ line: lineOf(text, index), what: `package.json has no script "${script}"` }],
  )
}

function importProblems(text, { entries }) {
  const imports = text.matchAll(
    /import (?:type )?(?:\{([^}]*)\}|[\w*]+(?: as \w+)?) from '(@taskclf\/[^']+|taskclf[^']*)'/g,
  )
  const loaded = text.matchAll(/()\bimport\('(@taskclf\/[^']+)'\)/g)
  return [...imports, ...loaded].flatMap(({ 1: names = '', 2: entry, index }) => {
    const line = lineOf(text, index)
    if (!entries.has(entry)) return [{ line, what: `no package has the entry ${entry}` }]
    const exported = entries.get(entry)
    return names
      .split(',')
      .map(
        (name) =>
          name
            .trim()
            .replace(/^type /, '')
            .split(/ as /)[0],
      )
      .filter((name) => name !== '' && exported?.has(name) === false)
      .map((name) => ({ line, what: `${entry} does not export ${name}` }))
  })
}

function documentProblems({ file, text }, { configSchema, policyFileSchema }) {
  let document
  try {
    document = JSON.parse(text)
  } catch {
    return [{ line: 0, what: 'not JSON' }]
  }
  const keys = typeof document === 'object' && document !== null ? Object.keys(document) : []
  const has = (...names) => names.some((name) => keys.includes(name))
  const schema =
    file === 'taskclf.config.json' || has('models_dir', 'profiles', 'loaders', 'python_interop')
      ? configSchema
      : has('rank_by', 'extends', 'regression_tolerance')
        ? policyFileSchema
        : undefined
  return (schema?.safeParse(document).error?.issues ?? []).map(({ path, message }) => ({
    line: 0,
    what: `${path.join('.') || file || 'the document'}: ${message}`,
  }))
}

const lineOf = (text, at) => text.slice(0, at).split('\n').length - 1
