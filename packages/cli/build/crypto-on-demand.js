// Loading node:crypto takes a third of the time of a short program that rarely needs it.
const crypto = () => process.getBuiltinModule('node:crypto')

export const createHash = (...given) => crypto().createHash(...given)
export const hash = (...given) => crypto().hash(...given)
