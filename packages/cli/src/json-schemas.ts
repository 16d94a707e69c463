import type { z } from 'zod'
import { configSchema } from './documents/config.js'
import { inferResolveDocument } from './documents/infer.js'
import {
  modelHistoryDocument,
  modelInspectDocument,
  modelSelectDocument,
  modelSwitchDocument,
  modelVerifyDocument,
} from './documents/model.js'
import { completionDocument, doctorDocument, errorDocument, versionDocument } from './documents/others.js'
import { policyCheckDocument, policyInitDocument, policyShowDocument } from './documents/policy.js'
import { trainListDocument } from './documents/train.js'

/** Every document of the command line by the name of its JSON Schema file. */
export const JSON_SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  'completion.v1.json': completionDocument,
  'config.v1.json': configSchema,
  'doctor.v1.json': doctorDocument,
  'error.v1.json': errorDocument,
  'infer-resolve.v1.json': inferResolveDocument,
  'model-history.v1.json': modelHistoryDocument,
  'model-inspect.v1.json': modelInspectDocument,
  'model-select.v1.json': modelSelectDocument,
  'model-switch.v1.json': modelSwitchDocument,
  'model-verify.v1.json': modelVerifyDocument,
  'policy-check.v1.json': policyCheckDocument,
  'policy-init.v1.json': policyInitDocument,
  'policy-show.v1.json': policyShowDocument,
  'train-list.v1.json': trainListDocument,
  'version.v1.json': versionDocument,
}

export {
  completionDocument,
  configSchema,
  doctorDocument,
  errorDocument,
  inferResolveDocument,
  modelHistoryDocument,
  modelInspectDocument,
  modelSelectDocument,
  modelSwitchDocument,
  modelVerifyDocument,
  policyCheckDocument,
  policyInitDocument,
  policyShowDocument,
  trainListDocument,
  versionDocument,
}
