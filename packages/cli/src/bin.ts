#!/usr/bin/env node
import { answerPlain } from './answer-plain.js'
import { directStream } from './direct-stream.js'
import { EXIT } from './exit-codes.js'
import { createInterrupts } from './interrupts.js'
import type { Io } from './io.js'

// A reader that has seen enough (| head) is no error, and nobody is left to tell.
function broken(error: NodeJS.ErrnoException): never {
  process.exit(error.code === 'EPIPE' ? (process.exitCode ?? EXIT.done) : EXIT.environment)
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
  process.on('SIGINT', () => interrupts.notify(EXIT.interrupted))
  process.on('SIGTERM', () => interrupts.notify(EXIT.terminated))
  const world = { env: process.env, cwd: process.cwd(), now: () => new Date(), user }
  const plain = await answerPlain(argv, () => ({
    ...world,
    stdout: directStream(1, broken),
    stderr: directStream(2, broken),
  }))
  if (plain !== undefined) {
    process.exitCode = plain
    return
  }
  const { stdout, stderr } = process
  for (const stream of [stdout, stderr]) stream.on('error', broken)
  const io: Io = { ...world, stdout, stderr, stdin: () => process.stdin, dataOut: stdout, interrupts }
  // Loaded here, so that an error while loading is caught below like any other.
  const { runTaskclf } = await import('./cli.js')
  process.exitCode = await runTaskclf(argv, io)
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error)
  const stack = process.argv.includes('--debug') && error instanceof Error ? `${error.stack}\n` : ''
  process.stderr.write(`taskclf: ${message} [internal]\n${stack}`)
  process.exitCode = EXIT.bug
})
