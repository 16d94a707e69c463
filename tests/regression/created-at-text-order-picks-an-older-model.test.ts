import { findBestModel } from '@taskclf/infer-resolver'
import { UNGATED_POLICY } from '@taskclf/selection-policy'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

/** Two models that differ only in when they were made; which one is newest? */
async function newest(created: Record<string, string>): Promise<string | undefined> {
  const models = scratchDir()
  for (const [id, created_at] of Object.entries(created))
    writeBundle(models, id, { metadata: { created_at } })
  return (await findBestModel(models, UNGATED_POLICY)).best?.bundle.modelId
}

it('ranks by the instant, not by the text of created_at', async () => {
  // 14:30 at +02:00 is 12:30 UTC; as text it is the larger of the two.
  expect(await newest({ older: '2026-02-14T14:30:15+02:00', newer: '2026-02-14T13:30:15+00:00' })).toBe(
    'newer',
  )
  // "Z" sorts after "+" as text; a space before "T"; a shorter fraction before a longer one.
  expect(await newest({ older: '2026-02-14T12:30:15Z', newer: '2026-02-14T12:30:15.000001+00:00' })).toBe(
    'newer',
  )
  expect(await newest({ older: '2026-02-14T12:30:15', newer: '2026-02-14 12:30:16' })).toBe('newer')
  // A JavaScript Date would take these for the same instant.
  expect(await newest({ a: '2026-02-14T12:30:15.123456Z', b: '2026-02-14T12:30:15.123457Z' })).toBe('b')
})
