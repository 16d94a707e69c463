// No library: generators of pages for JSON Schemas show a form; these pages show the file.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { slug } from 'github-slugger'
import { publishedPackages } from '../pack-packages.mjs'
import { generated, table } from './markdown.mjs'

/** Every JSON Schema that is shipped. */
export function schemasPage() {
  const found = publishedPackages()
    .filter(({ dir }) => existsSync(join(dir, 'schemas')))
    .flatMap(({ dir, manifest }) =>
      readdirSync(join(dir, 'schemas'))
        .sort()
        .map((file) => ({
          file,
          name: manifest.name,
          text: readFileSync(join(dir, 'schemas', file), 'utf8'),
        })),
    )
  return [
    generated('JSON Schemas', 'packages/*/schemas'),
    'Generated from the zod definitions that the packages read with, shipped in the packages, and importable:',
    '',
    '    import schema from "@taskclf/selection-policy/schemas/policy.v1.json" with { type: "json" }',
    '',
    'The number in a name is the version of the format ([versions](../versioning.md)).',
    '',
    table(
      ['schema', 'package'],
      found.map(({ file, name }) => [`[${file}](#${slug(file)})`, name]),
    ),
    '',
    ...found.flatMap(({ file, name, text }) => [
      `## ${file}`,
      '',
      `\`${name}/schemas/${file}\``,
      '',
      '::: details The schema',
      '```json',
      text.trimEnd(),
      '```',
      ':::',
      '',
    ]),
  ].join('\n')
}
