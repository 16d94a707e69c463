/** Puts the loading of the chunk of this name off until something of it is used. */
export const lateChunk = (name) => ({
  name: 'late-chunk',
  renderChunk: (code) =>
    code.replace(
      new RegExp(`^const (require_${name}) = require\\((".*")\\);$`, 'm'),
      (_, chunk, file) =>
        `let ${chunk}_loaded; const ${chunk} = new Proxy({}, { get: (_, key) => (${chunk}_loaded ??= require(${file}))[key] });`,
    ),
})
