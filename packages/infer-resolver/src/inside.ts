import { AsyncLocalStorage } from 'node:async_hooks'

interface Inside {
  owner: object
  doing: 'load' | 'request'
  outer: Inside | undefined
}

const callbacks = new AsyncLocalStorage<Inside>()

/** Runs a caller's function so that what it calls can tell that it is called from there: waiting for itself would never end. */
export function runInside<T>(owner: object, doing: Inside['doing'], run: () => T): T {
  return callbacks.run({ owner, doing, outer: callbacks.getStore() }, run)
}

/** Whether this is called, at however many removes, from a function that runs inside of `owner`. */
export function isInside(owner: object, ...doing: Inside['doing'][]): boolean {
  for (let at = callbacks.getStore(); at !== undefined; at = at.outer)
    if (at.owner === owner && doing.includes(at.doing)) return true
  return false
}
