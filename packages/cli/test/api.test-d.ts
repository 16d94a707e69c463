import type { OptionsOf } from '@taskclf/flags'
import { expectTypeOf } from 'vitest'
import type { Outcome, Work } from '../src/command.js'
import type { JSON_SCHEMAS } from '../src/json-schemas.js'

const FLAGS = {
  activate: { type: 'boolean', describe: '' },
  to: { type: 'integer', describe: '' },
  'model-id': { type: 'string', required: true, describe: '' },
  sort: { type: 'string', choices: ['a', 'b'], describe: '' },
  hash: { type: 'list', describe: '' },
} as const

type Options = OptionsOf<typeof FLAGS>

expectTypeOf<Options['activate']>().toEqualTypeOf<boolean>()
expectTypeOf<Options['to']>().toEqualTypeOf<number | undefined>()
expectTypeOf<Options['model-id']>().toEqualTypeOf<string>()
expectTypeOf<Options['sort']>().toEqualTypeOf<'a' | 'b' | undefined>()
expectTypeOf<Options['hash']>().toEqualTypeOf<readonly string[]>()
expectTypeOf<Options['words']>().toEqualTypeOf<readonly string[]>()
expectTypeOf<Work<typeof FLAGS, { n: 1 }>['run']>().returns.resolves.toEqualTypeOf<Outcome<{ n: 1 }>>()
expectTypeOf<keyof typeof JSON_SCHEMAS>().toEqualTypeOf<string>()
