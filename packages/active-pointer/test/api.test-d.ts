import type { LocalValidBundle } from '@taskclf/registry-core'
import { expectTypeOf } from 'vitest'
import type { z } from 'zod'
import {
  type ActivePointer,
  type ActiveState,
  type activePointerSchema,
  type History,
  readActive,
  readHistory,
  rollbackActive,
  type SwitchResult,
  writeActiveAtomic,
} from '../src/index.js'

expectTypeOf(readActive).returns.resolves.toEqualTypeOf<ActiveState>()
expectTypeOf(readHistory).returns.resolves.toEqualTypeOf<History>()
expectTypeOf(writeActiveAtomic).returns.resolves.toEqualTypeOf<SwitchResult>()
expectTypeOf(rollbackActive).returns.resolves.toExtend<SwitchResult>()
expectTypeOf<z.infer<typeof activePointerSchema>>().toExtend<ActivePointer>()

declare const bundle: LocalValidBundle
// @ts-expect-error a rollback is not written by hand
writeActiveAtomic('models', bundle, { source: 'rollback' })
// @ts-expect-error who switches must be said
writeActiveAtomic('models', bundle, {})
declare const state: ActiveState
// @ts-expect-error only a valid pointer has a model
state.modelId
