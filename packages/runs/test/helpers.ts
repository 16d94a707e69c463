import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Run, type RunEvent, type RunSpec, type StartRunOptions, startRun } from '@taskclf/runs'

export const TRAINER = fileURLToPath(new URL('./programs/trainer.mjs', import.meta.url))
export const RUNNER = fileURLToPath(new URL('./programs/runner.mjs', import.meta.url))

/** Starts the test trainer in one of its modes. */
export function train(mode: string, options: StartRunOptions, spec: Partial<RunSpec> = {}): Promise<Run> {
  return startRun({ command: process.execPath, args: [TRAINER, mode], graceMs: 300, ...spec }, options)
}

export async function eventsOf(events: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
  const list: RunEvent[] = []
  for await (const event of events) list.push(event)
  return list
}

/** Waits until an event of a type comes. */
export async function until(run: Run, type: RunEvent['type']): Promise<RunEvent | undefined> {
  for await (const event of run.events) if (event.type === type) return event
  return undefined
}

/** Whether a process runs; one that has ended but was not collected does not. */
export function isRunning(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return !'ZX'.includes(stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3))
  } catch {
    return false
  }
}

export async function eventually(check: () => boolean, limitMs = 5000): Promise<boolean> {
  for (const end = performance.now() + limitMs; performance.now() < end; ) {
    if (check()) return true
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return check()
}
