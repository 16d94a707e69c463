/** A command of a console block, and what the page shows below it. */
export interface ConsoleStep {
  command: string
  shown: string
}

/** What the page shows of a command's output, in a pattern: `…` is any text of a line, on a line of its own any lines. */
function patternOf(shown: string): RegExp {
  const lines = shown.split('\n').map((line) => {
    if (line.trim() === '…') return '(?:.*\n)*?'
    return `${line
      .trimEnd()
      .split('…')
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')} *\n`
  })
  return new RegExp(`^${lines.join('')}$`)
}

/** The commands of a console block: lines that begin with `$ `, and go on where one begins with `> `. */
export function consoleSteps(text: string): ConsoleStep[] {
  const steps: { command: string[]; shown: string[] }[] = []
  for (const line of text.trimEnd().split('\n')) {
    const last = steps.at(-1)
    if (line.startsWith('$ ')) steps.push({ command: [line.slice(2)], shown: [] })
    else if (last === undefined) throw new Error(`a console block begins with a command: ${line}`)
    else if (line.startsWith('> ') && last.shown.length === 0) last.command.push(line.slice(2))
    else last.shown.push(line)
  }
  return steps.map(({ command, shown }) => ({
    command: command.join('\n'),
    shown: shown.join('\n').trimEnd(),
  }))
}

/** Whether a page shows what was printed. */
export function shows(shown: string, printed: string): boolean {
  return patternOf(shown).test(`${printed.trimEnd()}\n`)
}
