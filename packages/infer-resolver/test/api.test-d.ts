import { expectTypeOf } from 'vitest'
import { type Resolution, type ResolveError, resolveModelDir } from '../src/index.js'

expectTypeOf(resolveModelDir).returns.resolves.toEqualTypeOf<Resolution>()
expectTypeOf<Resolution['source']>().toEqualTypeOf<'override' | 'active' | 'selection'>()
expectTypeOf<ResolveError['code']>().toEqualTypeOf<
  'no_eligible_model' | 'override_invalid' | 'nothing_to_resolve'
>()
// @ts-expect-error a misspelt option must not be ignored
resolveModelDir({ modelDirs: 'models' })
