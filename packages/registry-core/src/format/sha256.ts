/** Takes a SHA-256: 64 hex digits, lower case, of bytes or of a text's UTF-8. Passed in, so that what needs one runs anywhere. */
export type Sha256 = (bytes: Uint8Array | string) => string
