/** The version of the trainer protocol, in `TASKCLF_PROTOCOL` and spec.json. */
export const PROTOCOL_VERSION = 1
