import type { z } from 'zod'
import { inferResolveDocument } from './infer.js'
import { inferBatchDocument } from './infer-batch.js'
import { inferAnswerSchema } from './infer-online.js'
import {
  modelActiveDocument,
  modelDiffDocument,
  modelHistoryDocument,
  modelInspectDocument,
  modelSelectDocument,
  modelSwitchDocument,
  modelVerifyDocument,
  modelWithdrawDocument,
} from './model.js'
import { importDocument } from './model-import.js'
import { modelSelfTestDocument } from './model-self-test.js'
import { modelWhyDocument } from './model-why.js'
import { completionDocument, doctorDocument, errorDocument, versionDocument } from './others.js'
import { policyCheckDocument, policyInitDocument, policyShowDocument } from './policy.js'
import { trainCheckRetrainDocument, trainPromoteDocument, trainRetrainDocument } from './promotion.js'
import { indexRefreshDocument } from './registry-index.js'
import { reportDocument } from './report.js'
import { runsCancelDocument, runsListDocument, runsShowDocument, runsTailDocument } from './runs.js'
import { statusDocument } from './status.js'
import { modelListDocument, trainListDocument } from './train.js'

/** Every document by the name of its JSON Schema file. */
export const DOCUMENT_SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  'completion.v1.json': completionDocument,
  'doctor.v1.json': doctorDocument,
  'error.v1.json': errorDocument,
  'import.v1.json': importDocument,
  'index-refresh.v1.json': indexRefreshDocument,
  'infer-answer.v1.json': inferAnswerSchema,
  'infer-batch.v1.json': inferBatchDocument,
  'infer-resolve.v1.json': inferResolveDocument,
  'model-active.v1.json': modelActiveDocument,
  'model-diff.v1.json': modelDiffDocument,
  'model-history.v1.json': modelHistoryDocument,
  'model-inspect.v1.json': modelInspectDocument,
  'model-list.v1.json': modelListDocument,
  'model-select.v1.json': modelSelectDocument,
  'model-self-test.v1.json': modelSelfTestDocument,
  'model-switch.v1.json': modelSwitchDocument,
  'model-verify.v1.json': modelVerifyDocument,
  'model-why.v1.json': modelWhyDocument,
  'model-withdraw.v1.json': modelWithdrawDocument,
  'policy-check.v1.json': policyCheckDocument,
  'policy-init.v1.json': policyInitDocument,
  'policy-show.v1.json': policyShowDocument,
  'report.v1.json': reportDocument,
  'runs-cancel.v1.json': runsCancelDocument,
  'runs-list.v1.json': runsListDocument,
  'runs-show.v1.json': runsShowDocument,
  'runs-tail.v1.json': runsTailDocument,
  'status.v1.json': statusDocument,
  'train-check-retrain.v1.json': trainCheckRetrainDocument,
  'train-list.v1.json': trainListDocument,
  'train-promote.v1.json': trainPromoteDocument,
  'train-retrain.v1.json': trainRetrainDocument,
  'version.v1.json': versionDocument,
}
