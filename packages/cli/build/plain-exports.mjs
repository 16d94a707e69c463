const GETTER =
  /^Object\.defineProperty\(exports, ("\w+"), \{\s+enumerable: true,\s+get: function \(\) \{\s+return ([\w$]+);\s+\}\s+\}\);/gm

/** Exports values in place of getters: each getter is a function to compile, and no variable that is exported changes. */
export const plainExports = {
  name: 'plain-exports',
  renderChunk: (code) => code.replace(GETTER, 'exports[$1] = $2;'),
}
