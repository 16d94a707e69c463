export { type CodeTable, type CodeText, codesOf, codeTable } from './code-table.js'
export { messageOf } from './message-of.js'
export { didYouMean, nearestName } from './nearest-name.js'
export { TaskclfError, type TaskclfErrorOptions } from './taskclf-error.js'
