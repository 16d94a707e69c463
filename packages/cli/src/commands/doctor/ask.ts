import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { RepairQuestion } from '@taskclf/registry'
import { escapeText } from '@taskclf/terminal'
import type { Context } from '../../command.js'

/** Puts a question to the person at the terminal; without one it is answered with no. */
export async function ask(
  { message }: RepairQuestion,
  { pipes, progress }: Pick<Context, 'pipes' | 'progress'>,
): Promise<boolean> {
  const input: Readable & { isTTY?: boolean } = pipes.stdin()
  if (!input.isTTY || !pipes.stderr.isTTY) return false
  progress.clear()
  pipes.stderr.write(`${escapeText(message)} [y/N] `)
  const lines = createInterface({ input, terminal: false })
  // The input may end without a line.
  const answer = await new Promise<string>((resolve) => {
    lines.once('line', resolve).once('close', () => resolve(''))
  })
  lines.close()
  return /^y(es)?$/i.test(answer.trim())
}
