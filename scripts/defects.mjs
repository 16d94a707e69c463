// Defects that are put into the sources one at a time, for npm run defects (planted-defects.mjs).

/** Each: what is wrong, in which file, the code as it is, the code with the defect, and the tests to ask. */
export const DEFECTS = [
  [
    'the staged file is not synced before the rename',
    'durable-fs/src/write-file-atomic.ts',
    '    await file.sync()\n',
    '',
    ['durable-fs/test/faults'],
  ],
  [
    'the directory is not synced after the rename',
    'durable-fs/src/write-file-atomic.ts',
    'await fileSystem.syncDirectory(dirname(path))',
    'await Promise.resolve()',
    ['durable-fs/test/faults'],
  ],
  [
    'an appended line is not synced',
    'durable-fs/src/append-line.ts',
    '      await file.sync()\n',
    '',
    ['durable-fs/test/faults'],
  ],
  [
    'the directory of a new log is not synced',
    'durable-fs/src/append-line.ts',
    'if (size === 0 || options.syncEntry)',
    'if (options.syncEntry)',
    ['durable-fs/test/faults'],
  ],
  [
    'a torn last line is not ended before the next',
    'durable-fs/src/append-line.ts',
    "torn ? '\\n' : ''",
    "torn ? '' : ''",
    ['durable-fs/test'],
  ],
  [
    'a short write is taken for a whole one',
    'durable-fs/src/write-all.ts',
    'rest = rest.subarray(taken)',
    'return',
    ['durable-fs/test/faults'],
  ],
  [
    'the pointer is replaced before its line is appended',
    'active-pointer/src/switch-active.ts',
    (text) => {
      const append = text.match(/ {2}await appendLine\(layout\.history[^\n]*\n/)?.[0] ?? '#'
      const replace = '  await replaceFile(fileSystem, { staged, path: layout.active, bytes })\n'
      return text.replace(append, '').replace(replace, replace + append)
    },
    undefined,
    ['active-pointer/test/faults'],
  ],
  [
    'after a failed first attempt the new history’s name is not synced',
    'active-pointer/src/switch-active.ts',
    '!isEntrySafe(pointerNow, lines)',
    'lock.broken.length > 0',
    ['active-pointer/test/faults', 'regression/a-full-disk'],
  ],
  [
    'compare-and-swap compares nothing',
    'active-pointer/src/switch-active.ts',
    '  compare(active, options.expected)\n',
    '',
    ['active-pointer/test/switching'],
  ],
  [
    'revisions count on from the pointer alone',
    'active-pointer/src/switch-active.ts',
    'highest([pointerNow?.revision, ...lines.map((line) => line.revision)])',
    'highest([pointerNow?.revision])',
    ['active-pointer/test/switching'],
  ],
  [
    'the pointer is staged beside itself, not in the lock’s private directory',
    'active-pointer/src/switch-active.ts',
    'join(lock.privateDir, `active-',
    'join(layout.work, `active-',
    ['active-pointer/test/faults-between'],
  ],
  [
    'a rollback goes to a line whose switch never happened',
    'active-pointer/src/rollback-active.ts',
    "filter((_, i) => states[i] === 'visible')",
    'filter((_, i) => states[i] !== undefined)',
    ['active-pointer/test/rollback', 'active-pointer/test/faults-between'],
  ],
  [
    'a corrupt pointer is read as none',
    'active-pointer/src/read-active.ts',
    "if (!parsed.ok) return { status: 'corrupt', version: versionOf(bytes), problems: parsed.problems, bytes }",
    "if (!parsed.ok) return { status: 'absent', version: 'absent' }",
    ['active-pointer/test/pointer'],
  ],
  [
    'a pointer may lead out of the models dir by a link',
    'active-pointer/src/read-active.ts',
    'if (dirname(realpathSync(modelPath)) === root) return undefined',
    'if (realpathSync(modelPath)) return undefined',
    ['active-pointer/test/pointer', 'regression/a-pointer-leads'],
  ],
  [
    'lock owners have no token: names come back',
    'durable-fs/src/lock-owner.ts',
    "token: randomBytes(12).toString('base64url')",
    "token: 'token'",
    ['durable-fs/test/lock'],
  ],
  [
    'releasing removes whoever’s lock there is',
    'durable-fs/src/lock.ts',
    'await this.#fs.rmdir(privateDir)',
    'await removeTree(this.#fs, this.lockDir)',
    ['durable-fs/test/lock'],
  ],
  [
    'an owner on another host counts as dead',
    'durable-fs/src/lock.ts',
    "if (state !== 'dead' && !stopped) return name",
    "if (state === 'alive' && !stopped) return name",
    ['durable-fs/test/lock'],
  ],
  [
    'a lock is broken in place instead of being moved away first',
    'durable-fs/src/lock.ts',
    'await this.#fs.rename(join(this.lockDir, name), gone)',
    'await removeTree(this.#fs, join(this.lockDir, name))',
    ['durable-fs/test', 'active-pointer/test'],
  ],
  [
    'the reloader compares times only',
    'infer-resolver/src/fingerprint.ts',
    (text) => text.replace(/:\$\{ino\}:\$\{size\}/, '').replace(/:\$\{ctimeNs\}/, ''),
    undefined,
    ['infer-resolver/test', 'regression/a-replaced'],
  ],
  [
    'links out of the models dir are followed',
    'registry-core/src/bundle-entries.ts',
    'if (!isInside(root, real))',
    'if (real === root)',
    ['registry-core/test', 'regression/a-directory'],
  ],
  [
    'NaN, 999 and −3 are scores',
    'registry-core/src/schema-parts.ts',
    'return z.number({ error }).min(0, { error }).max(1, { error })',
    'return z.number({ error })',
    ['registry-core/test', 'regression/an-impossible'],
  ],
  [
    'manifests are not compared',
    'registry-core/src/integrity.ts',
    'if (manifest === undefined) return { problems: [], warnings: [] }',
    'if (manifest) return { problems: [], warnings: [] }\n  if (manifest === undefined) return { problems: [], warnings: [] }',
    ['registry-core/test'],
  ],
  [
    'created_at is compared as text',
    'selection-policy/src/rank.ts',
    'bundle.createdAt.epochMicros : bundle.modelId',
    'bundle.createdAt.raw : bundle.modelId',
    ['selection-policy/test', 'regression/created-at'],
  ],
  [
    'gains are computed in doubles',
    'selection-policy/src/decimal.ts',
    'return { coefficient: x - y, exponent }',
    'return typeof a === "number" && typeof b === "number" ? toDecimal(a - b) : { coefficient: x - y, exponent }',
    ['selection-policy/test', 'regression/a-five-point'],
  ],
  [
    'withdrawn models come back',
    'selection-policy/src/select-best.ts',
    'const withdrawn = new Set(options.withdrawn)',
    'const withdrawn = new Set<string>()',
    ['selection-policy/test'],
  ],
  [
    'an absent metric passes its gate',
    'selection-policy/src/gates.ts',
    "if (value === undefined) return { code: 'metric_absent' }",
    'if (value === undefined) return undefined',
    ['selection-policy/test'],
  ],
  [
    'a champion that cannot be read is no champion',
    'promotion/src/champion.ts',
    "  throw new PromotionError('champion_unusable', message, {",
    "  if (message) return { status: 'none', message }\n  throw new PromotionError('champion_unusable', message, {",
    ['promotion/test', 'regression/a-broken-champion'],
  ],
  [
    'a repair overwrites what a person chose meanwhile',
    'infer-resolver/src/resolve-selection.ts',
    (text) => text.replace(/\n\s*expected: [^,\n]+,?/, ''),
    undefined,
    ['infer-resolver/test', 'regression/reading-overrules'],
  ],
]

/** The source with the defect; the same as before when it no longer holds the code to be changed. */
export function plant([, , from, to], sound) {
  return typeof from === 'function' ? from(sound) : sound.replace(from, to)
}
