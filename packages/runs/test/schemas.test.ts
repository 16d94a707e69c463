import { readFileSync } from 'node:fs'
import { runEventSchema, runManifestSchema, runSpecFileSchema, trainerEventSchema } from '@taskclf/runs'
import { expect, it } from 'vitest'
import { z } from 'zod'

it.each([
  ['trainer-event', trainerEventSchema],
  ['run-event', runEventSchema],
  ['run-spec', runSpecFileSchema],
  ['run-manifest', runManifestSchema],
])('agrees with the code: schemas/%s.v1.json', (name, schema) => {
  const shipped = JSON.parse(readFileSync(new URL(`../schemas/${name}.v1.json`, import.meta.url), 'utf8'))
  expect(shipped).toMatchObject(JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io: 'input' }))))
})
