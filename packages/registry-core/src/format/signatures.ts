const SIGNATURE = /\.(?:sig|sigstore\.json)$/

/** Whether a file signs others: it is never part of what it signs, and may be added to a published bundle. */
export function isSignature(name: string): boolean {
  return SIGNATURE.test(name)
}

/** Whether a file is never a model, nor anything else that a bundle is used for. */
export function isBesideTheModel(name: string): boolean {
  return isSignature(name) || name === 'signature.json'
}
