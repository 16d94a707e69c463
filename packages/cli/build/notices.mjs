import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What is to be said of the packages that these files are from: each with its licence. */
export function notices(files) {
  const dirs = new Set(files.map((file) => /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]))
  dirs.delete(undefined)
  return `# Packages in this bundle\n\n${[...dirs].map(notice).sort().join('\n')}`
}

function notice(dir) {
  const { name, version, license } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'))
  const file = readdirSync(dir).find((entry) => /^licen[cs]e/i.test(entry))
  if (file === undefined) throw new Error(`${dir}: ${name} has no licence file to pass on`)
  return `## ${name} ${version} (${license})\n\n${readFileSync(join(dir, file), 'utf8').trim()}\n`
}
