#!/usr/bin/env node
import { userInfo } from 'node:os'
import { EXIT } from './exit-codes.js'

// A reader that has seen enough (| head) is no error, and nobody is left to tell.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? (process.exitCode ?? EXIT.done) : EXIT.environment)
  })
}
process.once('SIGINT', () => process.exit(EXIT.interrupted))
process.once('SIGTERM', () => process.exit(EXIT.terminated))

function user(): string | undefined {
  try {
    return userInfo().username
  } catch {
    // A user id without a name, as in many containers.
    return undefined
  }
}

try {
  // Loaded here, so that an error while loading is caught below like any other.
  const { runTaskclf } = await import('./cli.js')
  process.exitCode = await runTaskclf(process.argv.slice(2), {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    now: () => new Date(),
    user,
  })
} catch (error) {
  const message = error instanceof Error ? error.message : String(error)
  const stack = process.argv.includes('--debug') && error instanceof Error ? `${error.stack}\n` : ''
  process.stderr.write(`taskclf: ${message} [internal]\n${stack}`)
  process.exitCode = EXIT.bug
}
