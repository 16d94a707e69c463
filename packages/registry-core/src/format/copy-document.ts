/**
 * A shallow copy, to be filled in. Not by a spread: what it makes outlives Node 20's young collections once a getter is
 * defined on it, so that a scan took twice the memory.
 */
export function copyDocument<T extends object>(document: T): T {
  // Object.assign would make a key __proto__ the prototype.
  return Object.hasOwn(document, '__proto__') ? { ...document } : Object.assign({}, document)
}
