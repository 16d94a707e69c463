// Every exported function has TSDoc with an @example, every other export at least a line. Prints what lacks it.
import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('..', import.meta.url))
const entries = readdirSync(join(root, 'packages'))
  .filter((name) => name !== 'cli')
  .flatMap((name) =>
    ['index.ts', 'nearest-name.ts', 'worker.ts'].map((file) => join(root, 'packages', name, 'src', file)),
  )
  .filter((file) => ts.sys.fileExists(file))

const config = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
const program = ts.createProgram(entries, options)
const checker = program.getTypeChecker()

const lacking = []
let checked = 0
for (const entry of entries) {
  const module = checker.getSymbolAtLocation(program.getSourceFile(entry))
  for (const exported of checker.getExportsOfModule(module)) {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported
    const [declaration] = symbol.declarations ?? []
    if (declaration === undefined) continue
    checked++
    const tags = symbol.getJsDocTags(checker).map(({ name }) => name)
    const documented = ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim() !== ''
    const where = `${relative(root, declaration.getSourceFile().fileName)}: ${symbol.name}`
    if (!documented) lacking.push(`${where} has no TSDoc`)
    if (ts.isFunctionDeclaration(declaration) && !tags.includes('example'))
      lacking.push(`${where} has no @example`)
  }
}
if (lacking.length > 0) {
  process.stderr.write(`${[...new Set(lacking)].join('\n')}\n`)
  process.exit(1)
}
process.stdout.write(`${checked} exports documented\n`)
