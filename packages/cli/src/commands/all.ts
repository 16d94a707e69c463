import type { AnyCommand } from '../command.js'
import { completion } from './completion/command.js'
import { doctor } from './doctor/command.js'
import { indexRefresh } from './index/refresh/command.js'
import { inferBatch } from './infer/batch/command.js'
import { inferOnline } from './infer/online/command.js'
import { inferResolve } from './infer/resolve/command.js'
import { modelHistory } from './model/history/command.js'
import { modelInspect } from './model/inspect/command.js'
import { modelRollback } from './model/rollback/command.js'
import { modelSelect } from './model/select/command.js'
import { modelSelfTest } from './model/self-test/command.js'
import { modelSetActive } from './model/set-active/command.js'
import { modelVerify } from './model/verify/command.js'
import { modelWhy } from './model/why/command.js'
import { policyCheck } from './policy/check/command.js'
import { policyInit } from './policy/init/command.js'
import { policyShow } from './policy/show/command.js'
import { runsCancel } from './runs/cancel/command.js'
import { runsList } from './runs/list/command.js'
import { runsShow } from './runs/show/command.js'
import { runsTail } from './runs/tail/command.js'
import { trainCheckRetrain } from './train/check-retrain/command.js'
import { trainList } from './train/list/command.js'
import { trainPromote } from './train/promote/command.js'
import { trainRetrain } from './train/retrain/command.js'

/** Every command, in the order of the help. A new one is a directory of its own and a line here. */
export const COMMANDS: readonly AnyCommand[] = [
  trainList,
  trainPromote,
  trainRetrain,
  trainCheckRetrain,
  modelSelect,
  modelSetActive,
  modelRollback,
  modelHistory,
  modelWhy,
  modelInspect,
  modelVerify,
  modelSelfTest,
  inferResolve,
  inferBatch,
  inferOnline,
  runsList,
  runsShow,
  runsTail,
  runsCancel,
  policyShow,
  policyCheck,
  policyInit,
  indexRefresh,
  doctor,
  completion,
]
