// The public API of every package as a text in reports of its own: packages/<name>/api/<entry>.api.md.
// Without --check the reports are written; with it, a difference from what is committed fails.
// No library: API Extractor makes the reports; it has no command for many packages and entries at once.
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor'

const root = fileURLToPath(new URL('..', import.meta.url))
const checkOnly = process.argv.includes('--check')
const problems = []
let mainExports = new Set()

for (const name of readdirSync(join(root, 'packages'))) {
  const dir = join(root, 'packages', name)
  const manifest = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'))
  mainExports = new Set()
  const reports = new Set()
  for (const target of Object.values(manifest.exports)) {
    if (typeof target === 'object' && target.types !== undefined) reports.add(report(dir, target.types))
  }
  if (reports.size > 0) dropStrangers(join(dir, 'api'), reports)
}

if (problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n`)
  process.exit(1)
}

/** Reports of entries that are no more. */
function dropStrangers(dir, reports) {
  for (const file of readdirSync(dir).filter((name) => !reports.has(name))) {
    if (checkOnly) problems.push(`${join(dir, file)} is the report of no entry; run npm run api`)
    else rmSync(join(dir, file))
  }
}

/** Writes or compares the report of an entry. Returns its file name. */
function report(dir, types) {
  const entry = types.replace(/^.*\//, '').replace('.d.ts', '')
  const temp = join(root, 'node_modules/.cache/api-reports', dir.replace(/^.*\//, ''))
  mkdirSync(temp, { recursive: true })
  mkdirSync(join(dir, 'api'), { recursive: true })
  const config = ExtractorConfig.prepare({
    configObjectFullPath: join(dir, 'api-extractor.json'),
    packageJsonFullPath: join(dir, 'package.json'),
    configObject: {
      projectFolder: dir,
      mainEntryPointFilePath: join(dir, types),
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            module: 'NodeNext',
            moduleResolution: 'NodeNext',
            target: 'ES2023',
            lib: ['ES2023', 'ESNext.Disposable'],
            types: ['node'],
            strict: true,
            skipLibCheck: true,
          },
        },
      },
      apiReport: {
        enabled: true,
        reportFolder: join(dir, 'api'),
        reportTempFolder: temp,
        reportFileName: entry,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages: {
        // TSDoc on every export is held by TypeDoc, release tags are not used here.
        extractorMessageReporting: {
          default: { logLevel: 'none' },
          'ae-forgotten-export': { logLevel: 'error' },
        },
        tsdocMessageReporting: { default: { logLevel: 'none' } },
        compilerMessageReporting: { default: { logLevel: 'warning' } },
      },
    },
  })
  const result = Extractor.invoke(config, {
    localBuild: !checkOnly,
    showVerboseMessages: false,
    messageCallback: (message) => {
      message.handled = true
      if (message.logLevel === 'error' && !isNamedByMainEntry(message.text))
        problems.push(`${dir.replace(root, '')} ${entry}: ${message.text}`)
    },
  })
  if (entry === 'index') mainExports = new Set(exportedNames(join(dir, 'api/index.api.md')))
  if (checkOnly && result.apiReportChanged) {
    problems.push(
      `${dir.replace(root, '')}/api/${entry}.api.md differs from the code; if the change is meant: npm run api`,
    )
  }
  return `${entry}.api.md`
}

/** A further entry may use types that the main one exports: they have a name to import. */
function isNamedByMainEntry(text) {
  return mainExports.has(/^The symbol "([^"]+)"/.exec(text)?.[1])
}

function exportedNames(path) {
  const text = readFileSync(path, 'utf8')
  return [...text.matchAll(/^export .*?(?:function|class|const|type|interface) (\w+)/gm)].map(
    ([, name]) => name,
  )
}
