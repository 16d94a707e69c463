// Copies tests of this tree into a tree of another commit, with what they import of other test files.
// No library: part of findings.mjs.
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { root } from './trees.mjs'

/** Never a source: what the tests are about is that commit's. */
const MAY_BE_COPIED = /^(tests|internal|packages\/[\w-]+\/test)\//

export function copyTests(files, others, to) {
  // The test kit knows no package, so that the newest serves an older tree, too.
  const kit = [
    'internal/test-kit/src',
    'internal/test-kit/fixtures',
    'scripts/rig.mjs',
    'scripts/rigs',
    'tests/rigs',
  ]
  for (const path of [...kit, ...others]) copy(path, to)
  for (const file of withImports(files)) file.endsWith('.ts') ? copyTest(file, to) : copy(file, to)
}

/** Exports that moved since: a test asks for them where they are now, an older tree has them where they were. */
const MOVED = [
  [
    "import { findBestModel } from '@taskclf/infer-resolver'",
    "import { findBestModel } from '@taskclf/selection-policy/find-best-model'",
  ],
  [
    "import { refreshIndex } from '@taskclf/promotion'",
    "import { refreshIndex } from '@taskclf/selection-policy/find-best-model'",
  ],
]

function copyTest(path, to) {
  const text = readFileSync(join(root, path), 'utf8')
  mkdirSync(dirname(join(to, path)), { recursive: true })
  writeFileSync(
    join(to, path),
    MOVED.reduce((moved, [now, then]) => moved.replace(now, then), text),
  )
}

function copy(path, to) {
  mkdirSync(dirname(join(to, path)), { recursive: true })
  cpSync(join(root, path), join(to, path), { recursive: true })
}

/** The files, and what they reach by relative imports and by `new URL('…', import.meta.url)`. */
export function withImports(files) {
  const found = new Set()
  const queue = [...files]
  for (const file of queue) {
    if (found.has(file)) continue
    found.add(file)
    for (const [, path] of readFileSync(join(root, file), 'utf8').matchAll(
      /(?:from |import\(|import |new URL\()'(\.{1,2}\/[^']+)'/g,
    )) {
      const target = asSource(normalize(join(dirname(file), path)))
      if (target !== undefined && MAY_BE_COPIED.test(target)) queue.push(target)
    }
  }
  return [...found]
}

function asSource(path) {
  const candidates = [path.replace(/\.js$/, '.ts'), path]
  return candidates.find((candidate) => /\.\w+$/.test(candidate) && existsSync(join(root, candidate)))
}
