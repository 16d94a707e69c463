import { hash } from 'node:crypto'
import type { Sha256 } from '../format/sha256.js'

/** Node's own. */
export const sha256: Sha256 = (bytes) => hash('sha256', bytes, 'hex')
