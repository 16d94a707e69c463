import { codeTable } from '@taskclf/errors'

/** What the command line itself refuses; the codes of the libraries come on top. */
export const CLI_ERRORS = /* @__PURE__ */ codeTable({
  usage: {
    what: 'The command line does not make sense as a whole.',
    hint: 'see `--help` for examples',
  },
  file_exists: {
    what: 'The file that was to be written is there already.',
    hint: 'give another name, or remove it',
  },
  same_file: {
    what: 'The output is one of the files that the command reads: it would be replaced.',
    hint: 'write to another file, then rename it',
  },
  hung_up: {
    what: 'The terminal was closed (SIGHUP).',
    hint: 'nothing is half done: run it again',
  },
  interrupted: {
    what: 'The program was interrupted: Ctrl-C (SIGINT).',
    hint: 'nothing is half done: run it again',
  },
  quit: {
    what: 'The program was asked to quit: Ctrl-\\ (SIGQUIT).',
    hint: 'nothing is half done: run it again',
  },
  terminated: {
    what: 'The program was asked to end (SIGTERM).',
    hint: 'nothing is half done: run it again',
  },
  conflict: {
    what: 'The pointer is no longer the one that was expected: somebody else switched first.',
    hint: 'look with `taskclf model history`, then decide again',
  },
  file_unreadable: {
    what: 'A file that was named cannot be read.',
    hint: 'check the path and its permissions',
  },
  system: {
    what: 'The operating system refused.',
    hint: 'look at the message and at `details.errno`',
  },
  internal: {
    what: 'A defect of taskclf.',
    hint: 'run it again with `--debug`, and report what it shows',
  },
})
