export const room = {
  change: 'a key of the configuration',
  edits: {
    'packages/settings/src/config-schema.ts': [
      [
        `    actor: text.optional().describe('Who switches, for the history'),`,
        `    actor: text.optional().describe('Who switches, for the history'),
    team: text.optional().describe('Whom to ask about this registry'),`,
      ],
    ],
    'packages/settings/src/is-config.ts': [
      [
        `  actor: isText,`,
        `  actor: isText,
  team: isText,`,
      ],
    ],
    'packages/settings/src/settings.ts': [
      [
        `  readonly actor: string | undefined
  /** How often`,
        `  readonly actor: string | undefined
  /** Whom to ask, as written in the configuration. */
  readonly team: string | undefined
  /** How often`,
      ],
    ],
    'packages/settings/src/load-settings.ts': [
      [
        `    configFile: file?.path,`,
        `    configFile: file?.path,
    team: file?.config.team,`,
      ],
    ],
  },
  adds: {
    'packages/cli/test/room-config.test.ts': `import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'
import { loadSettings } from '@taskclf/settings'

it('takes the team from the configuration', async () => {
  const cwd = scratchDir()
  writeFileSync(join(cwd, 'taskclf.config.json'), '{"team":"ml-ops"}')
  expect((await loadSettings({}, { env: {}, cwd })).team).toBe('ml-ops')
})
`,
  },
  builds: ['cli'],
  generates: ['schemas', 'docs:reference'],
  writes: ['packages/cli/schemas/config.v1.json', 'docs/reference/schemas.md'],
  tests: ['packages/cli/test/room-config.test.ts', 'packages/cli/test/config.test.ts'],
  half: {
    without: 'packages/cli/schemas/config.v1.json',
    check: 'schemas:check',
    says: 'config.v1.json',
  },
}
