import { codeTable } from '@taskclf/errors'

/** What can stop a call about runs: every code of a `RunsError`. A trainer's failure is in the manifest instead. */
export const RUNS_ERRORS = /* @__PURE__ */ codeTable({
  invalid_spec: {
    what: 'The spec or command line of the trainer cannot be run.',
    hint: 'correct everything that `violations` lists',
  },
  invalid_profile: {
    what: 'The profile in taskclf.config.json is not valid.',
    hint: 'correct everything that `violations` lists',
    page: 'guides/trainers.md#a-profile',
  },
  unknown_profile: {
    what: 'taskclf.config.json has no such profile.',
    hint: 'name one of those that the message lists',
  },
  invalid_run_id: {
    what: 'A run id is one path segment, and this is not.',
    hint: 'take it from `taskclf runs list`',
  },
  run_exists: {
    what: 'There is a run of that id; runs are never written over.',
    hint: 'give another id, or none',
  },
  run_not_found: {
    what: 'There is no such run.',
    hint: '`taskclf runs list` shows which there are',
  },
  ambiguous_run: {
    what: 'Several run ids begin with what was given for one.',
    hint: 'give as much of the id as only one has; the message lists them',
  },
  run_damaged: {
    what: "The run's manifest cannot be read.",
    hint: 'read its events and output in `runs/ID`: they are still there',
  },
  not_running: {
    what: 'The run is over: there is nothing to cancel.',
    hint: 'nothing: it has ended',
  },
  store_failed: {
    what: "A run's files cannot be read or written.",
    hint: 'check space and permissions; `cause` is the error of the system',
  },
})

/** Why a run did not succeed: every `code` of its manifest. */
export const RUN_FAILURES = /* @__PURE__ */ codeTable({
  exited: {
    what: 'The trainer ended with an exit code other than 0.',
    hint: 'read what it said: `taskclf runs show ID`',
  },
  signalled: {
    what: 'The trainer was killed by a signal that taskclf did not send.',
    hint: 'look for what sent it; SIGKILL is most often the system, out of memory',
  },
  time_limit: {
    what: 'The trainer ran longer than its limit.',
    hint: 'raise `time_limit_s`, or make it faster',
  },
  cancelled: {
    what: 'The run was cancelled: Ctrl-C, `taskclf runs cancel`, or an aborted signal.',
    hint: 'nothing; start another when you want one',
  },
  no_bundle: {
    what: 'The trainer ended well but wrote nothing into TASKCLF_OUTPUT_DIR.',
    hint: 'write the bundle there',
    page: 'guides/trainers.md#what-it-writes',
  },
  invalid_bundle: {
    what: 'The trainer ended well, but what it wrote is not a valid bundle.',
    hint: 'correct everything that is listed',
    page: 'model_bundle_layout.md',
  },
  command_not_found: {
    what: 'There is no such trainer.',
    hint: 'give a path, or a program that is in PATH; no shell is involved',
  },
  command_not_executable: {
    what: 'The trainer cannot be executed.',
    hint: '`chmod +x` it, or name its interpreter as the command',
  },
  cwd_missing: {
    what: "The trainer's working directory does not exist.",
    hint: 'correct `cwd` in the spec or profile',
  },
  spawn_failed: {
    what: 'The system could not start the trainer.',
    hint: 'correct what the message names',
  },
  log_failed: {
    what: "The run's files could not be written.",
    hint: 'check space and permissions of the runs dir',
  },
})
