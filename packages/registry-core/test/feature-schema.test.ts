import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { demoDir, scratchDir } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { computeSchemaHash, readFeatureSchema } from '../src/local/feature-schema.js'

async function read(content: unknown) {
  const path = join(scratchDir(), 'schema.json')
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return readFeatureSchema(path)
}

describe('computeSchemaHash', () => {
  it('gives the hash that the demo states, and depends on names, types and order', () => {
    const text = readFileSync(join(demoDir, 'feature-schema.json'), 'utf8')
    const { columns, schema_hash } = JSON.parse(text) as { columns: [string, string][]; schema_hash: string }
    expect(computeSchemaHash(columns)).toBe(schema_hash)
    expect(computeSchemaHash([...columns].reverse())).not.toBe(schema_hash)
    expect(computeSchemaHash([])).toBe('4f53cda18c2b')
  })
})

describe('readFeatureSchema', () => {
  it('reads the file and its hash', async () => {
    const schema = await readFeatureSchema(join(demoDir, 'feature-schema.json'))
    expect(schema).toMatchObject({ version: 'v1', hash: '8776f20dbb8f' })
    expect(schema.columns).toHaveLength(16)
    expect(Object.keys(await read({ columns: [['x', 'int']] }))).toEqual(['columns', 'hash'])
  })

  it.each([
    ['not json'],
    ['{"columns": [["x","int"]], "columns": [["y","int"]]}'],
    [{}],
    [{ columns: [] }],
    [{ columns: [['x']] }],
    [{ columns: [['x', '']] }],
    [{ columns: ['x'] }],
    [
      {
        columns: [
          ['x', 'int'],
          ['x', 'float'],
        ],
      },
    ],
    [{ columns: [['x', 'int']], schema_hash: '000000000000' }],
  ])('refuses %j', async (content) => {
    const message = expect.stringMatching(/JSON|column|hash/) as string
    await expect(read(content)).rejects.toMatchObject({ code: 'feature_schema_invalid', message })
  })

  it('distinguishes a file that cannot be read from one that is wrong', async () => {
    await expect(readFeatureSchema(join(scratchDir(), 'none.json'))).rejects.toMatchObject({
      code: 'feature_schema_unreadable',
      cause: { code: 'ENOENT' },
    })
    await expect(readFeatureSchema(scratchDir())).rejects.toMatchObject({ code: 'feature_schema_unreadable' })
  })
})
