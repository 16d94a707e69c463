import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { digestOf } from './read-csv.mjs'

/**
 * One line a finished round, below a line that says what is being trained; a round torn by a kill is grown again. Lies in
 * the output directory, or where `data.checkpoint` says: there it outlives the run, and the next run goes on from it.
 */
export function openCheckpoint(spec, data) {
  const path = spec.data.checkpoint ?? join(spec.output_dir, '.checkpoint.jsonl')
  const head = JSON.stringify({ version: 1, training: keyOf(spec, data) })
  const rounds = existsSync(path) ? wholeRounds(readFileSync(path, 'utf8'), head) : []
  writeFileSync(path, [head, ...rounds].map((line) => `${line}\n`).join(''))
  return {
    trees: rounds.flatMap((line) => JSON.parse(line)),
    append: (grown) => appendFileSync(path, `${JSON.stringify(grown)}\n`),
    remove: () => rmSync(path, { force: true }),
  }
}

/** Whatever changes the trees changes the key; another key's checkpoint is of no use here. */
function keyOf({ seed, params }, { train, evaluation, schema }) {
  return digestOf(JSON.stringify([seed, params, schema.hash, train.digest, evaluation.digest]))
}

function wholeRounds(text, head) {
  const [first, ...lines] = text.split('\n')
  return first === head ? lines.slice(0, -1) : []
}
