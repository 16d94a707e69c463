const escaped = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** Writes what is not ASCII as escapes: V8 keeps a file with one such character at two bytes for each. */
export const asciiCode = {
  name: 'ascii-code',
  // After the rest: what makes the code small takes escapes back.
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) chunk.code = chunk.code.replace(/[^\0-\x7f]/g, escaped)
  },
}
