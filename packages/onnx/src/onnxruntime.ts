import { messageOf } from '@taskclf/errors'
import type * as Onnxruntime from 'onnxruntime-node'
import { OnnxError } from './errors.js'

/** The peer, loaded when the first model is. */
export type Ort = typeof Onnxruntime

/** Loads onnxruntime-node. Throws {@link OnnxError} `runtime_missing` where it is not installed, or not for this machine. */
export async function importOnnxruntime(): Promise<Ort> {
  try {
    const module = (await import('onnxruntime-node')) as Ort & { default?: Ort }
    return module.default ?? module
  } catch (cause) {
    const message = `onnxruntime-node cannot be loaded: ${messageOf(cause)}`
    throw new OnnxError('runtime_missing', message, { cause })
  }
}
