import { cpSync, readFileSync } from 'node:fs'
import { RegistryError } from '@taskclf/registry-core'
import { configSchema } from '@taskclf/settings'
import { demoDir, scratchDir } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../src/commands/all.js'
import { JSON_SCHEMAS } from '../src/json-schemas.js'
import { describeError, errorDocument } from '../src/render/error.js'
import { ERROR_EXITS } from '../src/render/error-exits.js'
import { binary } from './support/taskclf.js'

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const blocks = (language: string) =>
  [...README.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, text = '']) => text,
  )

describe('README', () => {
  it('runs, line by line, on the demo registry', async () => {
    const dir = scratchDir()
    cpSync(demoDir, dir, { recursive: true })
    const lines = (blocks('sh')[0] ?? '').split('\n').filter((line) => line.startsWith('taskclf '))
    expect(lines.length).toBeGreaterThan(5)
    for (const line of lines) {
      const words = (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''))
      const { code, stdout } = await binary(words.slice(1), { cwd: dir })
      expect([line, code]).toEqual([line, 0])
      expect(stdout).not.toBe('')
    }
  })

  it('shows documents that satisfy their schemas', () => {
    const [config = '', error = ''] = blocks('json')
    expect(configSchema.safeParse(JSON.parse(config)).success).toBe(true)
    expect(JSON_SCHEMAS['error.v1.json']?.safeParse(JSON.parse(error)).success).toBe(true)
    const told = describeError(new RegistryError('models_dir_missing', '/srv/models', 'x'))
    const { message, ...same } = JSON.parse(error).error
    expect(message).toContain('/srv/models')
    expect(errorDocument({ ...told, message })).toEqual({ error: { ...same, message } })
  })

  it('names every command, schema and error code', () => {
    for (const { path } of COMMANDS) expect(README).toContain(path.at(-1))
    for (const file of Object.keys(JSON_SCHEMAS)) expect(README).toContain(file.replace('.v1.json', ''))
    const rows = README.split('\n').filter((line) => /^\| [\d, ]+ \|/.test(line))
    for (const [code, exit] of Object.entries(ERROR_EXITS)) {
      const row = rows.find((line) => line.includes(`\`${code}\``))
      expect(row, code).toMatch(new RegExp(`^\\| ${exit}`))
    }
  })
})
