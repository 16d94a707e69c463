export { type CodeTable, type CodeText, codesOf, codeTable } from './code-table.js'
export { TaskclfError, type TaskclfErrorOptions } from './taskclf-error.js'
