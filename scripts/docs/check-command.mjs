// A line as it would be typed, held against what the command line declares.
// No library: the commands are declared in our own form.

/** What is wrong with the arguments of `taskclf`, or undefined. Words in capitals and `…` stand for something. */
export function commandProblem(typed, { commands, globalFlags }) {
  const words = wordsOf(typed).filter((word) => !/^\[|^…$|…\]?$/.test(word))
  const flags = words.filter((word) => /^-/.test(word)).map((word) => word.split('=')[0])
  const named = words.filter((word) => !/^-/.test(word))
  const command = commands.findLast(({ path }) => path.every((part, i) => part === named[i]))
  const group = commands.filter(({ path }) => path[0] === named[0])
  if (command === undefined && named.length > 0 && !isPlaceholder(named[0])) {
    if (group.length === 0) return `taskclf has no command "${named[0]}"`
    if (named.length > 1 && !isPlaceholder(named[1]) && !/^[^\w]/.test(named[1]))
      return `taskclf ${named[0]} has no verb "${named[1]}"`
  }
  const known = {
    ...globalFlags,
    ...Object.assign({}, ...(command ? [command] : group).map((each) => each.flags)),
  }
  const unknown = flags.find((flag) => !isFlag(flag, known))
  if (unknown !== undefined)
    return `taskclf ${command?.path.join(' ') ?? named.join(' ')} has no flag ${unknown}`
}

/** Whether it is a flag of any command. */
export function isFlagOfAny(flag, { commands, globalFlags }) {
  return isFlag(flag, Object.assign({}, globalFlags, ...commands.map(({ flags }) => flags)))
}

/** Where a command begins: a line, after another command, after a variable or a word of the shell, in a line of cron. */
const BEGINS = /(?:^|[;&|(!*]|\b(?:then|do|if|while|exec|run:|-c)|\b\w+=\S*)[ \t]*["']?(?:\$ )?/.source
const PROGRAM = /(?:npx (?:-y |--no |--yes )?)?(?:[\w./~-]*\/)?taskclf(?:@[\w.]+)?/.source
const WORDS = /((?:[ \t]+(?:'[^'\n]*'|"[^"\n]*"|(?!\$\()[^\s'"#;&|)>]+))*)/.source
const COMMAND = new RegExp(`${BEGINS}${PROGRAM}(?![\\w/@.:-])${WORDS}`, 'gm')

/** Each `taskclf …` of lines that are typed, with the line that it is in. Lines that end in a backslash are one. */
export function commandsIn(text) {
  const typed = text
    .replaceAll(/^[ \t]*#.*$/gm, '')
    .replaceAll(/"\$\(([^)\n]*)\)"/g, ' $($1) ')
    .replaceAll(/\\\n\s*(?:> )?/g, (join) => ' '.repeat(join.length))
  return [...typed.matchAll(COMMAND)].map(({ 0: whole, 1: rest, index }) => ({
    typed: rest.trim(),
    line: typed.slice(0, index + whole.length).split('\n').length - 1,
  }))
}

const ALWAYS = new Set(['-h', '--help', '--version'])
const isFlag = (flag, known) =>
  ALWAYS.has(flag) ||
  flag === '-' ||
  flag === '--' ||
  /^-\d/.test(flag) ||
  Object.hasOwn(known, flag.replace(/^--/, ''))
const isPlaceholder = (word) => /^[^a-z]*$/.test(word) || /^<.*>$/.test(word)
const wordsOf = (typed) =>
  (typed.match(/'[^']*'|"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll(/^["']|["']$/g, ''))
