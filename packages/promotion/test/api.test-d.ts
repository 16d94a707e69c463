import type { Run, RunManifest } from '@taskclf/runs'
import { expectTypeOf } from 'vitest'
import {
  type Champion,
  checkRetrainDue,
  type PromotionJson,
  type PromotionOutcome,
  type PromotionResult,
  type PublishedBundle,
  promote,
  publishBundle,
  type RetrainCheck,
  type RetrainResult,
  resolveChampion,
  retrain,
  toPromotionJson,
} from '../src/index.js'

expectTypeOf(promote).returns.resolves.toEqualTypeOf<PromotionResult>()
expectTypeOf(publishBundle).returns.resolves.toEqualTypeOf<PublishedBundle>()
expectTypeOf(resolveChampion).returns.resolves.toEqualTypeOf<Champion>()
expectTypeOf(retrain).returns.resolves.toEqualTypeOf<RetrainResult>()
expectTypeOf(checkRetrainDue).returns.resolves.toEqualTypeOf<RetrainCheck>()
expectTypeOf(toPromotionJson).returns.toEqualTypeOf<PromotionJson>()
expectTypeOf<PromotionJson['outcome']>().toEqualTypeOf<PromotionOutcome>()
expectTypeOf<RetrainResult['run']>().toEqualTypeOf<RunManifest | undefined>()

declare const startTrainer: () => Promise<Run>
// @ts-expect-error where is the candidate?
promote({ modelsDir: 'models' })
// @ts-expect-error a run is kept somewhere
retrain({ modelsDir: 'models', spec: { command: 'true' } })
// @ts-expect-error one trainer, not two
retrain({ modelsDir: 'models', spec: { command: 'true' }, runsDir: 'runs', startTrainer })
// @ts-expect-error a cadence is part of the question
checkRetrainDue({ modelsDir: 'models' })
declare const champion: Champion
// @ts-expect-error there may be none
champion.bundle
