// What becomes of each state of the active pointer, for each who meets it: tried by states.test.ts, and printed as
// docs/reference/states.md. A consumer is a column here, a function in readers.ts or writers.ts, and a word in table.d.mts.
//   serves            the model that the pointer names
//   by policy         there is no pointer: the policy decides
//   another: CODE     another model, and it is said why
//   keeps: CODE       the model that served before, and it is said why
//   error: CODE       nothing serves
//   exit N: CODE      the same on the command line
//   exit 0            nothing to find
//   restored          the model that was active last, which the pointer names again
//   written           another model, which the pointer names now, and it is said in place of what

export const READING = [
  { id: 'resolve', title: '`infer resolve`' },
  { id: 'repair', title: '`infer resolve --repair`' },
  { id: 'batch', title: '`infer batch`' },
  { id: 'online', title: '`infer online`' },
  { id: 'library', title: '`resolveModelDir`' },
  { id: 'start', title: 'reloader at start' },
  { id: 'running', title: 'reloader while running' },
  { id: 'doctor', title: '`doctor`' },
  { id: 'fix', title: '`doctor --fix --yes`' },
]

export const WRITING = [
  { id: 'promote', title: '`train promote`' },
  { id: 'select', title: '`model select --activate`' },
  { id: 'setActive', title: '`model set-active`' },
  { id: 'rollback', title: '`model rollback`' },
]

export const CONSUMERS = [...READING, ...WRITING]

/** A person has chosen, or a better model was found. */
const WRITTEN = { promote: 'written', select: 'written', setActive: 'written', rollback: 'written' }

const whoever = (columns, word) => Object.fromEntries(columns.map(({ id }) => [id, word]))

/** Nobody starts with it, whoever reads documents alone. */
const refused = (code) => ({
  resolve: `exit 1: ${code}`,
  batch: `exit 1: ${code}`,
  online: `exit 1: ${code}`,
  library: `error: ${code}`,
  start: `error: ${code}`,
  running: `keeps: ${code}`,
  doctor: `exit 1: ${code}`,
  fix: `exit 1: ${code}`,
})

/** active.json is there, and is not a pointer: a repair may write it anew, and a person. */
const corrupt = (id, title, over = {}) => ({
  id,
  title,
  is: 'broken',
  ...refused('pointer_corrupt'),
  ...WRITTEN,
  repair: 'written',
  fix: 'restored',
  promote: 'exit 1: pointer_corrupt',
  select: 'exit 1: pointer_corrupt',
  ...over,
})

/** What a file cannot be put in the place of. */
const noFile = (id, title, word) =>
  corrupt(id, title, {
    repair: word,
    fix: 'exit 1: pointer_corrupt',
    setActive: word,
    rollback: word,
  })

/** The system could not read it: nothing is decided, and nothing written. */
const unknown = (id, title) => ({
  id,
  title,
  is: 'unknown',
  ...whoever(CONSUMERS, 'exit 3: io'),
  library: 'error: io',
  start: 'error: io',
  running: 'keeps: io',
})

/** What the pointer names is there and must not serve: somebody chose it, so no repair replaces it. */
const broken = (id, title, code, over = {}) => ({
  id,
  title,
  is: 'broken',
  ...refused(code),
  ...WRITTEN,
  repair: 'exit 1: repair_refused',
  ...over,
})

/** Only who loads the model can tell. */
const unloadable = (id, title, code) => ({
  ...broken(id, title, code),
  resolve: 'serves',
  repair: 'serves',
  library: 'serves',
  promote: 'exit 1: champion_unusable',
})

export const STATES = [
  {
    id: 'good',
    title: 'active.json is whole, and its bundle may serve',
    is: 'good',
    ...whoever(READING, 'serves'),
    ...WRITTEN,
    doctor: 'exit 0',
    fix: 'exit 0',
  },
  {
    id: 'absent',
    title: 'there is no active.json',
    is: 'absent',
    ...whoever(READING, 'by policy'),
    ...WRITTEN,
    repair: 'written',
    running: 'keeps: pointer_absent',
    doctor: 'exit 0: no_pointer',
    fix: 'restored',
  },
  corrupt('empty', 'active.json is empty'),
  corrupt('torn', 'active.json is torn'),
  corrupt('nul', 'active.json is filled with NUL'),
  corrupt('not-utf8', 'active.json is not UTF-8'),
  corrupt('fifo', 'active.json is a FIFO'),
  noFile('directory', 'active.json is a directory', 'exit 3: io'),
  noFile('dangling', 'active.json is a link that leads nowhere', 'exit 3: pointer_is_a_link'),
  noFile('link-out', 'active.json is a link out of the models dir', 'exit 3: pointer_is_a_link'),
  unknown('mode-000', 'active.json may not be read (mode 000)'),
  unknown('EIO', 'reading active.json fails with EIO'),
  unknown('EMFILE', 'reading active.json fails with EMFILE'),
  unknown('ESTALE', 'reading active.json fails with ESTALE'),
  unknown('bundle-EIO', 'reading the bundle that it names fails with EIO'),
  {
    id: 'gone',
    title: 'the bundle that it names is gone',
    is: 'missing',
    ...whoever(READING, 'another: active_bundle_missing'),
    ...WRITTEN,
    repair: 'written',
    running: 'keeps: active_bundle_missing',
    doctor: 'exit 1: active_bundle_missing',
    fix: 'exit 1: active_bundle_missing',
    promote: 'exit 1: champion_unusable',
  },
  broken('damaged', 'the bundle that it names is damaged', 'bundle_invalid', {
    doctor: 'exit 1: active_bundle_invalid',
    fix: 'exit 1: active_bundle_invalid',
    promote: 'exit 1: champion_unusable',
  }),
  // A champion of another kind is not compared with, and promote says so.
  broken('incompatible', 'the bundle that it names has other labels than required', 'bundle_incompatible', {
    doctor: 'exit 1: active_bundle_incompatible',
    fix: 'exit 1: active_bundle_incompatible',
  }),
  broken('other-schema', 'the bundle that it names is of another feature schema', 'bundle_incompatible', {
    doctor: 'exit 1: active_bundle_incompatible',
    fix: 'exit 1: active_bundle_incompatible',
  }),
  unloadable('unloadable', 'the bundle that it names does not load', 'load_failed'),
  unloadable('self-test', 'the bundle that it names fails its self-test', 'self_test_failed'),
  unloadable(
    'other-digest',
    'the bundle that it names was changed since it was activated',
    'integrity_mismatch',
  ),
]
