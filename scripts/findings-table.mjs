// What people met on trees before the mend, and what holds it now: read by npm run findings, by a test, and by docs/testing.md.
// Of a row: tests (file; part of the test's name; what its failure must say on the older tree, when the first words of any
// failure are not enough), defects (of npm run defects, when the subject is new), pages (when the mend is words), or open.
// No library: data.

export const FINDINGS = [
  {
    id: 'A1',
    what: 'a missing value is predicted as zero',
    tests: [{ file: 'tests/regression/a-missing-value-is-answered-as-zero.test.ts' }],
  },
  {
    id: 'A2',
    what: 'a misspelt metric elects the first model by name and switches the regression check off',
    tests: [
      {
        file: 'tests/regression/a-misspelt-metric-elects-the-first-by-name.test.ts',
        name: 'selects nobody, and names the metric that was meant',
      },
      {
        file: 'tests/regression/a-misspelt-metric-elects-the-first-by-name.test.ts',
        name: 'does not promote a bad candidate past the regression check, with a champion and without',
      },
    ],
  },
  {
    id: 'A3',
    what: 'a pointer that cannot be read lets another model serve, and repair makes it so for everybody',
    tests: [{ file: 'tests/regression/another-model-serves-than-the-one-that-was-chosen.test.ts' }],
  },
  {
    id: 'A4',
    what: 'half a model file is promoted, activated and verified',
    tests: [{ file: 'tests/regression/a-model-that-cannot-serve-goes-live.test.ts', name: 'half a model' }],
  },
  {
    id: 'A5',
    what: 'a bundle that fails its own self-test is promoted',
    tests: [
      {
        file: 'tests/regression/a-model-that-cannot-serve-goes-live.test.ts',
        name: 'fails its own self-test',
      },
    ],
  },
  {
    id: 'A6',
    what: 'a binary model rejects below a threshold that nobody stated',
    tests: [{ file: 'tests/regression/an-answer-is-withheld-unasked.test.ts' }],
  },
  {
    id: 'A7',
    what: 'a models dir that is a link: what runs stays on what it once led to',
    tests: [
      { file: 'tests/regression/a-flipped-link-is-never-followed.test.ts' },
      {
        file: 'tests/regression/a-deployment-is-watched-in-vain.test.ts',
        name: 'follows the link it was given, not the directory that this led to once',
      },
    ],
  },
  {
    id: 'A8',
    what: 'bundles and pointer of a mounted volume are called links to be removed',
    tests: [
      {
        file: 'tests/regression/a-mounted-volume-holds-no-model.test.ts',
        name: 'reads a bundle that is mounted as valid, and not the link to the pointer as one',
      },
      {
        file: 'tests/regression/a-switch-replaces-the-link-of-a-mounted-volume.test.ts',
        name: 'leaves active.json the link that it is',
      },
    ],
  },
  {
    id: 'A9',
    what: 'the first program of the README undoes an operator’s rollback',
    later: 'the one-call start (activateBest)',
  },
  {
    id: 'A10',
    what: 'an active bundle without manifest can be changed unnoticed',
    tests: [{ file: 'tests/regression/a-changed-model-serves-under-anothers-digest.test.ts' }],
  },
  {
    id: 'A11',
    what: 'a lost or torn pointer makes all of the past "aborted"',
    tests: [{ file: 'tests/regression/a-lost-pointer-erases-the-past.test.ts', name: 'active.json' }],
  },
  {
    id: 'A12',
    what: 'a models dir given as a link is written into the pointer under another name',
    tests: [{ file: 'tests/regression/a-pointer-names-a-directory-that-python-cannot-find.test.ts' }],
  },
  {
    id: 'A13',
    what: 'a bundle whose name no pointer can hold is activated',
    tests: [{ file: 'tests/regression/a-model-takes-the-name-of-the-pointer.test.ts' }],
  },
  {
    id: 'A14',
    what: 'a pointer written on Windows is corrupt, and its active model is overwritten',
    tests: [
      {
        file: 'tests/regression/a-pointer-names-a-directory-that-python-cannot-find.test.ts',
        name: 'reads a pointer as the Python project on Windows writes it',
      },
    ],
  },
  {
    id: 'A15',
    what: 'a batch replaces its own input',
    tests: [{ file: 'tests/regression/a-batch-replaces-its-own-input.test.ts' }],
  },
  {
    id: 'A16',
    what: 'a file in a subdirectory of a bundle, rewritten while it serves, is never noticed',
    tests: [{ file: 'tests/regression/a-change-in-a-subdirectory-goes-unseen.test.ts' }],
  },
  {
    id: 'A17',
    what: 'a number too large to hold is predicted as infinity',
    tests: [{ file: 'tests/regression/a-number-too-large-is-predicted-as-infinity.test.ts' }],
  },
  {
    id: 'A18',
    what: 'a candidate takes the name of the pointer, and no switch works again',
    tests: [
      {
        file: 'tests/regression/a-model-takes-the-name-of-the-pointer.test.ts',
        name: 'a candidate that calls itself',
      },
    ],
  },
  {
    id: 'A19',
    what: 'the list shows null for a value that is stated',
    later: 'one reader for lists and bundles',
  },
  {
    id: 'A20',
    what: 'a signature is taken for the model',
    tests: [{ file: 'tests/regression/a-signature-is-taken-for-the-model.test.ts' }],
  },
  {
    id: 'A21',
    what: 'rows without a column that the model needs are predicted without a word',
    tests: [{ file: 'tests/regression/a-batch-that-means-nothing-passes-without-a-word.test.ts' }],
  },
  {
    id: 'B1',
    what: 'a model that never finishes loading stops the reloader for good',
    tests: [{ file: 'tests/regression/a-model-that-never-loads-holds-the-service-for-ever.test.ts' }],
  },
  {
    id: 'B2',
    what: 'a history of a gigabyte takes every command down',
    tests: [
      { file: 'tests/regression/a-lost-pointer-erases-the-past.test.ts', name: 'no more of a history' },
    ],
  },
  {
    id: 'B3',
    what: 'loading a large model holds up the requests beside it',
    tests: [{ file: 'tests/regression/requests-wait-while-a-model-loads.test.ts' }],
  },
  {
    id: 'B4',
    what: 'a hang-up leaves the trainer running, unwatched',
    tests: [
      {
        file: 'tests/regression/a-closed-terminal-leaves-the-trainer-running.test.ts',
        name: 'ends the trainer, and records it, at',
      },
    ],
  },
  {
    id: 'B5',
    what: 'an online inference whose reader stopped does not end when told to',
    tests: [{ file: 'tests/regression/a-service-does-not-end-while-nobody-reads.test.ts' }],
  },
  {
    id: 'B6',
    what: 'the lock of a dead owner in another container, or an odd name in it, stops every writer',
    tests: [{ file: 'tests/regression/a-container-that-died-blocks-every-switch.test.ts' }],
  },
  {
    id: 'B7',
    what: 'a full output, a removed working directory, a umask or a linked pointer end in silence or a crash',
    tests: [
      { file: 'tests/regression/a-strict-umask-hides-the-model-from-the-service.test.ts' },
      {
        file: 'tests/regression/an-answer-is-lost-without-a-word.test.ts',
        name: 'says that the output could not be written',
      },
      {
        file: 'tests/regression/an-answer-is-lost-without-a-word.test.ts',
        name: 'in a working directory that was removed',
      },
    ],
  },
  {
    id: 'B8',
    what: 'a killed batch leaves its temporary file for good',
    tests: [{ file: 'tests/regression/a-killed-batch-leaves-its-half-for-ever.test.ts' }],
  },
  {
    id: 'B9',
    what: 'the example service buffers a body of any size',
    tests: [{ file: 'tests/docs/prediction-service.test.ts', name: 'does not read a body' }],
  },
  {
    id: 'C1',
    what: 'texts from files are commands to the runner of the GitHub action',
    tests: [
      {
        file: 'tests/regression/a-candidate-gives-the-runner-commands.test.ts',
        name: 'obeys nothing of',
        because: 'standard error reaches the runner as it is',
      },
    ],
  },
  {
    id: 'C2',
    what: 'a newline in a document begins a line of its own in a message',
    tests: [{ file: 'tests/regression/a-text-begins-a-line-of-its-own.test.ts' }],
  },
  {
    id: 'C3',
    what: 'history names a metric that did not decide, and calls a selection a promotion',
    tests: [{ file: 'tests/regression/the-history-names-another-metric-than-decided.test.ts' }],
  },
  {
    id: 'C4',
    what: 'verify says ok where nothing was compared',
    tests: [{ file: 'tests/regression/a-model-nobody-vouched-for-is-called-whole.test.ts' }],
  },
  {
    id: 'C5',
    what: 'advice to switch the gates off; words about a project that is not there',
    tests: [{ file: 'tests/regression/the-advice-is-to-ask-for-nothing.test.ts' }],
  },
  {
    id: 'C6',
    what: 'a model file is refused in the wrong words',
    tests: [{ file: 'tests/regression/damage-is-called-by-a-wrong-name.test.ts' }],
  },
  {
    id: 'C7',
    what: 'the index is written so that the Python project refuses it',
    tests: [{ file: 'tests/regression/an-index-that-python-refuses.test.ts' }],
  },
  {
    id: 'C8',
    what: 'a wrong cause is named, or none',
    tests: [
      { file: 'tests/regression/a-wrong-cause-is-named.test.ts', name: 'hidden directory' },
      { file: 'tests/regression/a-wrong-cause-is-named.test.ts', name: 'names another model' },
      { file: 'tests/regression/a-lost-pointer-erases-the-past.test.ts', name: 'torn last line of ours' },
    ],
  },
  {
    id: 'C9',
    what: 'labels that a spreadsheet takes for formulas go out unquoted',
    pages: [{ file: 'packages/cli/README.md', says: '--csv-safe' }],
  },
  {
    id: 'C10',
    what: 'the documentation overflows, and does not build beside a virtual environment',
    pages: [{ file: 'docs/.vitepress/config.mts', says: '**/{venv,.venv,site-packages,node_modules}/**' }],
    later: 'a landing page',
  },
  {
    id: 'C11',
    what: 'a green gate without a champion; guides that do not type-check; nothing about Jest',
    pages: [
      { file: 'docs/guides/ci.md', says: 'has no champion' },
      { file: 'README.md', says: 'Until the first release is in a registry' },
    ],
    later: 'guides that type-check, and pages about TypeScript and Jest',
  },
  {
    id: 'C12',
    what: 'two texts about differences to the Python project leave a difference out',
    pages: [
      { file: 'docs/decisions/0002-created-at.md', says: 'point or comma with no digit after it' },
      { file: 'docs/decisions/0003-where-we-differ-from-python-ranking.md', says: 'U+FF5E' },
    ],
  },
  {
    id: 'C13',
    what: 'tests that cannot fail',
    defects: [
      'a withdrawn model is the newest champion',
      'a written file is not synced before it gets its name',
      'a BOM is taken off every line',
      'a model of exactly a day ahead is of the future',
      'closing does not wait for the requests that run',
      'an old retry timer stays when another model fails',
      'a built program older than its sources is tested',
    ],
  },
  {
    id: 'C14',
    what: 'a release by moving tags, of what is built again after it was tested',
    tests: [
      { file: 'tests/docs/workflows.test.ts', name: 'uses actions by their commit' },
      {
        file: 'tests/docs/workflows.test.ts',
        name: 'creates tokens in a job that installs and builds nothing',
      },
      { file: 'tests/docs/workflows.test.ts', name: 'publishes the tarballs that were tested' },
    ],
  },
]
