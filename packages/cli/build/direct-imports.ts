import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Plugin } from 'esbuild'

const IMPORT = /^import \{([^}]*)\} from '(@taskclf\/[a-z-]+)'$/gm
const EXPORT = /^export \{([^}]*)\} from '(\.[^']+)'$/gm

/**
 * Takes our packages from their sources, and each name from the file that holds it instead of the package's table of contents:
 * through that, esbuild would count every file of a package as needed wherever one of them is, schemas and zod included.
 *
 * @param packages where each package's index.ts is, by name
 */
export function directImports(packages: Readonly<Record<string, string>>): Plugin {
  const tables = new Map<string, Map<string, string>>()
  const tableOf = (index: string) => {
    const known = tables.get(index) ?? tableOfContents(index)
    tables.set(index, known)
    return known
  }
  return {
    name: 'direct-imports',
    setup: (build) => {
      build.onLoad({ namespace: 'file', filter: /\/packages\/[^/]+\/src\/.*\.ts$/ }, ({ path }) => {
        const contents = readFileSync(path, 'utf8').replace(IMPORT, (all, names: string, name: string) => {
          const index = packages[name]
          return index === undefined ? all : imports(namesIn(names), index, tableOf(index))
        })
        return { contents, loader: 'ts' }
      })
    },
  }
}

function imports(names: readonly string[], index: string, table: ReadonlyMap<string, string>): string {
  const lines = names.map(
    (name) => `import { ${name} } from '${table.get(name.replace(/ as .*/, '')) ?? index}'`,
  )
  return lines.join('\n')
}

function tableOfContents(index: string): Map<string, string> {
  const lines = readFileSync(index, 'utf8').matchAll(EXPORT)
  return new Map(
    [...lines].flatMap(([, names = '', file = '']) =>
      namesIn(names).map((name): [string, string] => [
        name,
        join(dirname(index), file.replace(/\.js$/, '.ts')),
      ]),
    ),
  )
}

/** The values among the names; types leave no trace. */
function namesIn(list: string): string[] {
  const names = list.split(',').map((name) => name.trim())
  return names.filter((name) => name !== '' && !name.startsWith('type '))
}
