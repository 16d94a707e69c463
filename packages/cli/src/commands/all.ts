import { type AnyCommand, withWork } from '../command.js'
import { completion } from './completion/command.js'
import { doctor } from './doctor/command.js'
import { importCommand } from './import/command.js'
import { indexRefresh } from './index/refresh/command.js'
import { inferBatch } from './infer/batch/command.js'
import { inferOnline } from './infer/online/command.js'
import { inferResolve } from './infer/resolve/command.js'
import { modelActive } from './model/active/command.js'
import { modelDiff } from './model/diff/command.js'
import { modelHistory } from './model/history/command.js'
import { modelInspect } from './model/inspect/command.js'
import { modelList } from './model/list/command.js'
import { modelReadmit } from './model/readmit/command.js'
import { modelRollback } from './model/rollback/command.js'
import { modelSelect } from './model/select/command.js'
import { modelSelfTest } from './model/self-test/command.js'
import { modelSetActive } from './model/set-active/command.js'
import { modelVerify } from './model/verify/command.js'
import { modelWhy } from './model/why/command.js'
import { modelWithdraw } from './model/withdraw/command.js'
import { policyCheck } from './policy/check/command.js'
import { policyInit } from './policy/init/command.js'
import { policyShow } from './policy/show/command.js'
import { report } from './report/command.js'
import { runsCancel } from './runs/cancel/command.js'
import { runsList } from './runs/list/command.js'
import { runsShow } from './runs/show/command.js'
import { runsTail } from './runs/tail/command.js'
import { status } from './status/command.js'
import { trainCheckRetrain } from './train/check-retrain/command.js'
import { trainList } from './train/list/command.js'
import { trainPromote } from './train/promote/command.js'
import { trainRetrain } from './train/retrain/command.js'

/** Every command, in the order of the help. A new one is a directory of its own and two lines here. */
export const COMMANDS: readonly AnyCommand[] = [
  withWork(importCommand, () => import('./import/run.js')),
  withWork(trainList, () => import('./train/list/run.js')),
  withWork(trainPromote, () => import('./train/promote/run.js')),
  withWork(trainRetrain, () => import('./train/retrain/run.js')),
  withWork(trainCheckRetrain, () => import('./train/check-retrain/run.js')),
  withWork(modelList, () => import('./model/list/run.js')),
  withWork(modelSelect, () => import('./model/select/run.js')),
  withWork(modelSetActive, () => import('./model/set-active/run.js')),
  withWork(modelRollback, () => import('./model/rollback/run.js')),
  withWork(modelWithdraw, () => import('./model/withdraw/run.js')),
  withWork(modelReadmit, () => import('./model/readmit/run.js')),
  withWork(modelActive, () => import('./model/active/run.js')),
  withWork(modelHistory, () => import('./model/history/run.js')),
  withWork(modelWhy, () => import('./model/why/run.js')),
  withWork(modelDiff, () => import('./model/diff/run.js')),
  withWork(modelInspect, () => import('./model/inspect/run.js')),
  withWork(modelVerify, () => import('./model/verify/run.js')),
  withWork(modelSelfTest, () => import('./model/self-test/run.js')),
  withWork(report, () => import('./report/run.js')),
  withWork(inferResolve, () => import('./infer/resolve/run.js')),
  withWork(inferBatch, () => import('./infer/batch/run.js')),
  withWork(inferOnline, () => import('./infer/online/run.js')),
  withWork(runsList, () => import('./runs/list/run.js')),
  withWork(runsShow, () => import('./runs/show/run.js')),
  withWork(runsTail, () => import('./runs/tail/run.js')),
  withWork(runsCancel, () => import('./runs/cancel/run.js')),
  withWork(policyShow, () => import('./policy/show/run.js')),
  withWork(policyCheck, () => import('./policy/check/run.js')),
  withWork(policyInit, () => import('./policy/init/run.js')),
  withWork(indexRefresh, () => import('./index/refresh/run.js')),
  withWork(status, () => import('./status/run.js')),
  withWork(doctor, () => import('./doctor/run.js')),
  withWork(completion, () => import('./completion/run.js')),
]
