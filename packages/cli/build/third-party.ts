import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Plugin } from 'esbuild'

/** Writes `THIRD-PARTY.md` beside the bundle: every package that went into it, with its licence. */
export function thirdParty(outDir: string): Plugin {
  return {
    name: 'third-party',
    setup: (build) => {
      build.initialOptions.metafile = true
      build.onEnd(({ metafile }) => {
        if (metafile === undefined) return
        const inputs = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs))
        const dirs = new Set(
          inputs.map((input) => /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]),
        )
        const notices = [...dirs].filter((dir) => dir !== undefined).map(notice)
        mkdirSync(outDir, { recursive: true })
        writeFileSync(
          join(outDir, 'THIRD-PARTY.md'),
          `# Packages in this bundle\n\n${notices.sort().join('\n')}`,
        )
      })
    },
  }
}

function notice(dir: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) as Record<
    string,
    string
  >
  const file = readdirSync(dir).find((entry) => /^licen[cs]e/i.test(entry))
  if (file === undefined) throw new Error(`${dirname(dir)}: ${name} has no licence file to pass on`)
  return `## ${name} ${version} (${license})\n\n${readFileSync(join(dir, file), 'utf8').trim()}\n`
}
