#!/usr/bin/env node

import { directStream } from '@taskclf/terminal'
import { runTaskclf } from './cli.js'
import { EXIT } from './exit-codes.js'
import { createInterrupts, REQUESTS } from './interrupts.js'
import type { Io } from './io.js'

/** What the commands begin with where the directory that they were started in is not there any more. */
const REMOVED = '/proc/self/cwd'

// A reader that has seen enough (| head) is not an error, and nobody is left to tell.
function outputBroken(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? EXIT.done)
  const page = 'docs/reference/errors.md#system in the package taskclf'
  // At once: the stream would be given up by the exit.
  directStream(2, ignored).write(
    `taskclf: standard output cannot be written (${error.message}), so the answer is not whole [system]\n  see ${page}\n`,
  )
  process.exit(EXIT.environment)
}

// Nobody is left to tell, and the work is not what failed: a closed terminal must not leave it half done.
function ignored(): void {}

/** A removed directory is an error only of the paths that begin in it. */
function workingDirectory(): string {
  try {
    return process.cwd()
  } catch {
    // Nobody else who asks may fail of it either.
    process.cwd = () => REMOVED
    return REMOVED
  }
}

const interrupts = createInterrupts((code) => process.exit(code))

function user(): string | undefined {
  try {
    return process.getBuiltinModule('node:os').userInfo().username
  } catch {
    // A user id without a name, as in many containers.
    return undefined
  }
}

async function main(argv: readonly string[]): Promise<void> {
  for (const [signal, code] of Object.entries(REQUESTS))
    process.on(signal, () => interrupts.notify(EXIT[code]))
  const io: Io = {
    env: process.env,
    cwd: workingDirectory(),
    now: () => new Date(),
    user,
    stdout: directStream(1, outputBroken),
    stderr: directStream(2, ignored),
    stdin: () => process.stdin,
    dataOut: () => process.stdout.on('error', outputBroken),
    interrupts,
  }
  process.exitCode = await runTaskclf(argv, io)
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error)
  const stack = process.argv.includes('--debug') && error instanceof Error ? `${error.stack}\n` : ''
  process.stderr.write(`taskclf: ${message} [internal]\n${stack}`)
  process.exitCode = EXIT.bug
})
