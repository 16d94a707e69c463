// Code in a sentence: which kind of name it is, and whether that is there.
// No library: the kinds are those of this project's pages.
import { basename, dirname, join, normalize } from 'node:path'
import { commandProblem, isFlagOfAny } from './check-command.mjs'
import { isInside, nameProblem } from './check-name.mjs'
import { isKept } from './kept-files.mjs'

const EXTENSION =
  /\.(?:m?[jt]s|json|jsonl|ndjson|csv|md|txt|ya?ml|py|html|png|onnx|lock|sig|cjs|tsbuildinfo)$/
const LITERAL = [
  /^[^\p{L}]*$/u, // numbers, operators, signs
  /^(?:'[^']*'|"[^"]*")$/, // a text as such
  /^[0-9a-f]{12,64}$/, // a digest
  /^v?\d[\w.:+-]*Z?$/, // a version, a time, an age
  /^(?:\\[uxrnt]\w*)+$|^U\+/, // characters
  /\[[^\]]*[A-Za-z]-[A-Za-z]/, // a pattern
  /^(?:cat|chmod|cp|curl|git|ls|mv|rm|umask) /, // a program of the system
]

/** Why the code is not the name of anything, or undefined. `page` is the file it is in, from the top of the repository. */
export function spanProblem(text, page, built) {
  if (LITERAL.some((pattern) => pattern.test(text)) || isKept(text) || built.literals.has(text))
    return undefined
  if (/^(?:npx )?taskclf(?:@\S+)?(?: |$)/.test(text))
    return commandProblem(text.replace(/^(?:npx )?\S+/, ''), built)
  if (startsCommand(text, built)) return commandProblem(text, built)
  if (/^--?[a-z]/.test(text)) return flagProblem(text, page, built)
  if (/^npm (?:run )?/.test(text)) return scriptProblem(text, built)
  if (/^node [\w./-]+\.mjs\b/.test(text)) return spanProblem(text.split(' ')[1], page, built)
  if (/^@?taskclf\/[\w-]/.test(text)) return packageProblem(text, built)
  if (/^\*?\.[\w.]+$/.test(text)) return endingProblem(text, built)
  if (isPath(text))
    return isThere(text, page, built) ? undefined : 'no such file here, and none that a registry has'
  return nameProblem(text, page, built)
}

function startsCommand(text, { commands }) {
  const [first, second] = text.split(' ')
  return commands.some(
    ({ path }) => path[0] === first && (path.length === 1 ? second?.startsWith('--') : path[1] === second),
  )
}

function flagProblem(text, page, built) {
  for (const flag of text.match(/(?<![\w'])--[\w-]+/g) ?? [])
    if (
      !isFlagOfAny(flag, built) &&
      !built.platform.has(flag) &&
      !(isInside(page) && built.sources.has(flag.slice(2)))
    )
      return `no command has the flag ${flag}`
}

function scriptProblem(text, { scripts }) {
  const [, script] = /^npm (?:run (?:-s )?)?([\w:-]+)/.exec(text) ?? []
  if (/^(?:i|install|ci|publish|pack|view|exec|login)$/.test(script)) return undefined
  return scripts.has(script) ? undefined : `package.json has no script "${script}"`
}

function packageProblem(text, { entries, files, words }) {
  const [, name, rest = ''] = /^(@taskclf\/[\w-]+|taskclf)(.*)$/.exec(text)
  if (!entries.has(name)) return `no package ${name}`
  if (rest === '' || entries.has(text)) return undefined
  if (rest.startsWith('/'))
    return files.has(`packages/${name === 'taskclf' ? 'cli' : basename(name)}${rest}`.replace(/\/$/, ''))
      ? undefined
      : `${name} has no entry ${rest}`
  return words.has(rest.slice(1)) ? undefined : `${name} has no ${rest.slice(1)}`
}

/** An ending of files, or a property of what the sentence is about. */
function endingProblem(text, { literals, words, names }) {
  const parts = text.replace(/^\*?\./, '').split('.')
  const known =
    [text, text.replace('*', '')].some((each) => literals.has(each) || names.has(each)) ||
    parts.every((part) => words.has(part))
  return known ? undefined : 'neither an ending that is read, nor a property'
}

const isPath = (text) =>
  !/[\s(){}:"'=,;]/.test(text.replace(/\{[\w., -]*\}/g, '')) &&
  (/\w\/|\/\w/.test(text) || EXTENSION.test(text) || /^\.\w/.test(text))

function isThere(text, page, { files, names }) {
  // `<id>`, RUN_ID, `*` and `…` stand for any name.
  const asked = normalize(text.replace(/^~?\.?\//, '').replace(/\/$/, ''))
  const places = [
    asked,
    join(dirname(page), text),
    `packages/${asked}`,
    `packages/${asked.replace('/', '/src/')}`,
    `packages/${asked.replace('/', '/src/local/')}`,
    `docs/${asked}`,
    `examples/${asked}`,
  ]
  const any = /[<*…{]|[A-Z]{2,}_/.test(asked)
  if (any) {
    const pattern = new RegExp(
      `(?:^|/)${asked.replaceAll(/[.+?^$()|[\]\\]/g, '\\$&').replaceAll(/<[\w-]+>|\*+|…|\{[^}]*\}|[A-Z]+_[A-Z]+/g, '.*')}$`,
    )
    return [...files].some((file) => pattern.test(file))
  }
  if (places.some((place) => files.has(place))) return true
  return asked.includes('/') ? [...files].some((file) => file.endsWith(`/${asked}`)) : names.has(asked)
}
