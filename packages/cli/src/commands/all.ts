import type { AnyCommand } from '../command.js'
import { completion } from './completion/command.js'
import { doctor } from './doctor/command.js'
import { inferResolve } from './infer/resolve/command.js'
import { modelHistory } from './model/history/command.js'
import { modelInspect } from './model/inspect/command.js'
import { modelRollback } from './model/rollback/command.js'
import { modelSelect } from './model/select/command.js'
import { modelSetActive } from './model/set-active/command.js'
import { modelVerify } from './model/verify/command.js'
import { policyCheck } from './policy/check/command.js'
import { policyInit } from './policy/init/command.js'
import { policyShow } from './policy/show/command.js'
import { trainList } from './train/list/command.js'

/** Every command, in the order of the help. A new one is a directory of its own and a line here. */
export const COMMANDS: readonly AnyCommand[] = [
  trainList,
  modelSelect,
  modelSetActive,
  modelRollback,
  modelHistory,
  modelInspect,
  modelVerify,
  inferResolve,
  policyShow,
  policyCheck,
  policyInit,
  doctor,
  completion,
]
