const NAMESPACE = /require_rolldown_runtime\.\w+\(\{([^{}]*)\}\)/g
const MEMBER = /(\w+): \(\) => ([\w$]+)/g

/** Writes what a dynamic import answers as an object: the helper of the bundler that makes one is a file of its own to load. */
export const plainNamespaces = {
  name: 'plain-namespaces',
  renderChunk: (code) =>
    code.replace(NAMESPACE, (_, members) => `{${members.replace(MEMBER, 'get $1() { return $2 }')}}`),
}
