import type { z } from 'zod'
import { configSchema } from './documents/config.js'
import { inferResolveDocument } from './documents/infer.js'
import { inferBatchDocument } from './documents/infer-batch.js'
import { inferAnswerSchema } from './documents/infer-online.js'
import {
  modelHistoryDocument,
  modelInspectDocument,
  modelSelectDocument,
  modelSwitchDocument,
  modelVerifyDocument,
} from './documents/model.js'
import { modelSelfTestDocument } from './documents/model-self-test.js'
import { modelWhyDocument } from './documents/model-why.js'
import { completionDocument, doctorDocument, errorDocument, versionDocument } from './documents/others.js'
import { policyCheckDocument, policyInitDocument, policyShowDocument } from './documents/policy.js'
import {
  trainCheckRetrainDocument,
  trainPromoteDocument,
  trainRetrainDocument,
} from './documents/promotion.js'
import { indexRefreshDocument } from './documents/registry-index.js'
import { runsCancelDocument, runsListDocument, runsShowDocument, runsTailDocument } from './documents/runs.js'
import { trainListDocument } from './documents/train.js'

/** Every document of the command line by the name of its JSON Schema file. */
export const JSON_SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  'completion.v1.json': completionDocument,
  'config.v1.json': configSchema,
  'doctor.v1.json': doctorDocument,
  'error.v1.json': errorDocument,
  'index-refresh.v1.json': indexRefreshDocument,
  'infer-answer.v1.json': inferAnswerSchema,
  'infer-batch.v1.json': inferBatchDocument,
  'infer-resolve.v1.json': inferResolveDocument,
  'model-history.v1.json': modelHistoryDocument,
  'model-inspect.v1.json': modelInspectDocument,
  'model-select.v1.json': modelSelectDocument,
  'model-self-test.v1.json': modelSelfTestDocument,
  'model-switch.v1.json': modelSwitchDocument,
  'model-verify.v1.json': modelVerifyDocument,
  'model-why.v1.json': modelWhyDocument,
  'policy-check.v1.json': policyCheckDocument,
  'policy-init.v1.json': policyInitDocument,
  'policy-show.v1.json': policyShowDocument,
  'runs-cancel.v1.json': runsCancelDocument,
  'runs-list.v1.json': runsListDocument,
  'runs-show.v1.json': runsShowDocument,
  'runs-tail.v1.json': runsTailDocument,
  'train-check-retrain.v1.json': trainCheckRetrainDocument,
  'train-list.v1.json': trainListDocument,
  'train-promote.v1.json': trainPromoteDocument,
  'train-retrain.v1.json': trainRetrainDocument,
  'version.v1.json': versionDocument,
}
