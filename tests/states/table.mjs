// What becomes of each state of the active pointer, for each who meets it: tried by states.test.ts, and printed as
// docs/reference/states.md. A consumer is a column here, a function in consumers.ts, and a word in table.d.mts.
//   serves            the model that the pointer names
//   by policy         there is no pointer: the policy decides
//   another: CODE     another model, and it is said why
//   written           another model, and the pointer names it now
//   keeps: CODE       the model that served before, and it is said why
//   error: CODE       nothing serves
//   exit N: CODE      the same on the command line

export const CONSUMERS = [
  { id: 'resolve', title: '`infer resolve`' },
  { id: 'repair', title: '`infer resolve --repair`' },
  { id: 'library', title: '`resolveModelDir`' },
  { id: 'start', title: 'reloader at start' },
  { id: 'running', title: 'reloader while running' },
]

/** active.json is there, and is not a pointer: a repair may write it anew. */
const corrupt = (id, title, over = {}) => ({
  id,
  title,
  is: 'broken',
  resolve: 'exit 1: pointer_corrupt',
  repair: 'written',
  library: 'error: pointer_corrupt',
  start: 'error: pointer_corrupt',
  running: 'keeps: pointer_corrupt',
  ...over,
})

/** The system could not read it: nothing is decided, and nothing written. */
const unknown = (id, title) => ({
  id,
  title,
  is: 'unknown',
  resolve: 'exit 3: io',
  repair: 'exit 3: io',
  library: 'error: io',
  start: 'error: io',
  running: 'keeps: io',
})

/** What the pointer names is there and must not serve: somebody chose it, so no repair replaces it. */
const broken = (id, title, code) => ({
  id,
  title,
  is: 'broken',
  resolve: `exit 1: ${code}`,
  repair: 'exit 1: repair_refused',
  library: `error: ${code}`,
  start: `error: ${code}`,
  running: `keeps: ${code}`,
})

/** Only who loads the model can tell. */
const unloadable = (id, title, code) => ({
  id,
  title,
  is: 'broken',
  resolve: 'serves',
  repair: 'serves',
  library: 'serves',
  start: `error: ${code}`,
  running: `keeps: ${code}`,
})

export const STATES = [
  {
    id: 'absent',
    title: 'there is no active.json',
    is: 'absent',
    resolve: 'by policy',
    repair: 'written',
    library: 'by policy',
    start: 'by policy',
    running: 'keeps: pointer_absent',
  },
  corrupt('empty', 'active.json is empty'),
  corrupt('torn', 'active.json is torn'),
  corrupt('nul', 'active.json is filled with NUL'),
  corrupt('not-utf8', 'active.json is not UTF-8'),
  corrupt('fifo', 'active.json is a FIFO'),
  corrupt('directory', 'active.json is a directory', { repair: 'exit 3: io' }),
  corrupt('dangling', 'active.json is a link that leads nowhere', { repair: 'exit 3: pointer_is_a_link' }),
  corrupt('link-out', 'active.json is a link out of the models dir', { repair: 'exit 3: pointer_is_a_link' }),
  unknown('mode-000', 'active.json may not be read (mode 000)'),
  unknown('EIO', 'reading active.json fails with EIO'),
  unknown('EMFILE', 'reading active.json fails with EMFILE'),
  unknown('ESTALE', 'reading active.json fails with ESTALE'),
  unknown('bundle-EIO', 'reading the bundle that it names fails with EIO'),
  {
    id: 'gone',
    title: 'the bundle that it names is gone',
    is: 'missing',
    resolve: 'another: active_bundle_missing',
    repair: 'written',
    library: 'another: active_bundle_missing',
    start: 'another: active_bundle_missing',
    running: 'keeps: active_bundle_missing',
  },
  broken('damaged', 'the bundle that it names is damaged', 'bundle_invalid'),
  broken('incompatible', 'the bundle that it names has other labels than required', 'bundle_incompatible'),
  broken('other-schema', 'the bundle that it names is of another feature schema', 'bundle_incompatible'),
  unloadable('unloadable', 'the bundle that it names does not load', 'load_failed'),
  unloadable(
    'other-digest',
    'the bundle that it names was changed since it was activated',
    'integrity_mismatch',
  ),
]
