// A program of its own beside the entry, which has only this of `train list`.
export { run } from './commands/train/list/run.js'
export { text } from './commands/train/list/text.js'
