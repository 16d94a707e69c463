/** What node has loaded before any program. */
const LOADED = ['fs', 'path', 'url', 'buffer']

/** Puts the loading of node's own modules off until something of them is used: a start needs few, and cryptography alone takes as long as a small command. */
export const lateBuiltins = {
  name: 'late-builtins',
  renderChunk: (code) =>
    code.replace(/^let (node_\w+) = require\("node:([\w/]+)"\);$/gm, (all, name, builtin) =>
      LOADED.includes(builtin)
        ? all
        : `const ${name} = new Proxy({}, { get: (_, key) => require("node:${builtin}")[key] });`,
    ),
}
