import { expectTypeOf } from 'vitest'
import {
  type ActiveLook,
  type Resolution,
  type ResolveError,
  type ResolveOptions,
  resolveModelDir,
} from '../src/index.js'

expectTypeOf(resolveModelDir).returns.resolves.toEqualTypeOf<Resolution>()
expectTypeOf<Resolution['source']>().toEqualTypeOf<'override' | 'active' | 'selection'>()
expectTypeOf<ResolveError['code']>().toEqualTypeOf<
  | 'no_eligible_model'
  | 'override_invalid'
  | 'nothing_to_resolve'
  | 'active_bundle_missing'
  | 'pointer_corrupt'
  | 'bundle_invalid'
  | 'bundle_incompatible'
  | 'fallback_ambiguous'
  | 'repair_refused'
  | 'io'
>()
expectTypeOf<ActiveLook['state']>().toEqualTypeOf<'absent' | 'missing' | 'broken' | 'unknown' | 'good'>()
expectTypeOf<NonNullable<ResolveOptions['onBrokenPointer']>>().toEqualTypeOf<
  'fail' | 'last_good' | 'policy'
>()
// @ts-expect-error a misspelt option must not be ignored
resolveModelDir({ modelDirs: 'models' })
