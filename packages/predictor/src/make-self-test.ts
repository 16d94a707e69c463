import { messageOf } from '@taskclf/errors'
import type { SelfTest } from '@taskclf/registry-core'
import { PredictorError } from './errors.js'
import type { PredictionBatch, Predictor } from './predictor.js'
import { RowChoice, type RowKind, type Trait } from './row-choice.js'
import { cellsOf, type FeatureRow, isMissing } from './row-encoder.js'
import { decidesNothingFrom, requireAnswers } from './run-self-test.js'

/** How {@link makeSelfTest} makes a self-test. */
export interface MakeSelfTestOptions {
  /** How many rows it has at most, 1 to 1000. Default 32. */
  rows?: number
  /** The largest difference that still passes, below 1 / (2 × labels); of values and scores a share of them, below 0.5. Default 1e-6: more than machines round, less than anybody decides by. */
  tolerance?: number
}

/** A self-test, and what its rows show. */
export interface MadeSelfTest {
  /** To be written as `self_test.json`. */
  selfTest: SelfTest
  /** How many rows were looked at. */
  seen: number
  /** Labels that are the most probable for a row of it, rejected or not. */
  labels: readonly string[]
  /** How many of its rows are rejected. */
  rejected: number
  /** Columns in which a row of it has a text that the model does not know. */
  unknownCategories: readonly string[]
  /** In how many ways its rows lack values. */
  missingPatterns: number
  /** Of what the given rows show: the kinds for which there was not room for all. */
  leftOut: readonly RowKind[]
}

type Cells = SelfTest['rows'][number]

interface Candidate {
  cells: Cells
  expected: number[]
  isRejected: boolean
}

/**
 * Makes a self-test of a model by predicting rows: the first of each label that comes out, of each label rejected, of each column
 * with an unknown category, of each pattern of missing values, then others in order. Every row is looked at, in batches as they
 * come; only cells of the model's columns are kept. A bundle with this self-test passes `runSelfTest`.
 *
 * @throws PredictorError as `predictBatch` does, `row` being the place in its batch; `self_test_not_made` when there are no
 * rows, when `rows` or `tolerance` is out of range, and when the model does not answer the same twice.
 * @example
 * ```ts
 * const { selfTest } = await makeSelfTest(predictor, [rows])
 * await writeFile('candidate/self_test.json', JSON.stringify(selfTest))
 * ```
 */
export async function makeSelfTest(
  predictor: Predictor,
  batches: AsyncIterable<readonly FeatureRow[]> | Iterable<readonly FeatureRow[]>,
  { rows: limit = 32, tolerance = 1e-6 }: MakeSelfTestOptions = {},
): Promise<MadeSelfTest> {
  checkRange(limit, tolerance, decidesNothingFrom(predictor))
  const choice = new RowChoice<Candidate>(limit)
  const look = watchRows(predictor, choice)
  let reuse: PredictionBatch | undefined
  for await (const rows of batches) {
    reuse = await predictor.predictBatch(rows, reuse)
    look(rows, reuse)
  }
  const { rows, traits, leftOut } = choice.choose()
  if (rows.length === 0) throw notMade('there is no row to make it of; give rows that the model can predict')
  const selfTest: SelfTest = {
    version: 1,
    rows: rows.map(({ cells }) => cells),
    expected: rows.map(({ expected }) => expected),
    tolerance,
    labels: [...predictor.outputs],
  }
  await checkRepeats(predictor, selfTest)
  const named = (kind: RowKind) => traits.flatMap(([each, which]) => (each === kind ? [which] : []))
  const labels = [...named('label'), ...named('rejected')]
  return {
    selfTest,
    seen: choice.seen,
    labels: predictor.labels.filter((label) => labels.includes(label)),
    rejected: rows.filter(({ isRejected }) => isRejected).length,
    unknownCategories: named('unknown_category'),
    missingPatterns: named('missing_pattern').length,
    leftOut,
  }
}

function checkRange(rows: number, tolerance: number, most: number): void {
  if (!(Number.isInteger(rows) && rows >= 1 && rows <= 1000))
    throw notMade(`it cannot have ${rows} rows; ask for 1 to 1000`)
  if (!(tolerance >= 0 && tolerance < most))
    throw notMade(`a tolerance of ${tolerance} decides nothing; give a number from 0 to below ${most}`)
}

/** A text that is in no vocabulary. */
const NEVER_SEEN = '\u0000'

/** Shows the choice each row of a batch that was predicted. */
function watchRows(predictor: Predictor, choice: RowChoice<Candidate>) {
  const { columns, labels, outputs: names, categorical } = predictor
  const isText = columns.map((column) => categorical.includes(column))
  const codes = predictor.encode([columns.map((_, c) => (isText[c] ? NEVER_SEEN : null))])
  const [depth, width] = [columns.length, names.length]
  return (rows: readonly FeatureRow[], { best, rejected, outputs }: PredictionBatch): void => {
    const input = predictor.encode(rows)
    for (const [r, row] of rows.entries()) {
      const cells = cellsOf(row, columns)
      const numbers = input.subarray(r * depth, (r + 1) * depth)
      const isRejected = rejected[r] === 1
      const missing = columns.filter((_, c) => isMissing(cells[c]))
      const unknown = columns.filter(
        (_, c) => isText[c] && !isMissing(cells[c]) && Object.is(numbers[c], codes[c]),
      )
      const traits: Trait[] = [
        ...(labels.length === 0
          ? []
          : [[isRejected ? 'rejected' : 'label', labels[best[r] as number] as string] as const]),
        ...unknown.map((column): Trait => ['unknown_category', column]),
        ...(missing.length > 0 ? [['missing_pattern', missing.join('\n')] as const] : []),
      ]
      choice.see(traits, () => ({
        cells: Object.fromEntries(
          columns.map((column, c) => [
            column,
            isText[c] ? textCell(cells[c]) : numberCell(cells[c], numbers[c] as number),
          ]),
        ),
        expected: Array.from(outputs.subarray(r * width, (r + 1) * width)),
        isRejected,
      }))
    }
  }
}

/** The number that the model saw, unless it stands for none. */
function numberCell(cell: unknown, seen: number): Cells[string] {
  if (isMissing(cell)) return null
  // JSON knows no minus zero, but its text is one.
  return Object.is(seen, -0) ? '-0' : seen
}

/** What looks up the same code when it is read again. */
function textCell(cell: unknown): Cells[string] {
  if (cell === null || cell === undefined || cell === '') return null
  return typeof cell === 'boolean' || Number.isFinite(cell) ? (cell as boolean | number) : String(cell)
}

/** The rows as they will be read, in one batch: other numbers than before would make a test that fails by itself. */
async function checkRepeats(predictor: Predictor, selfTest: SelfTest): Promise<void> {
  try {
    await requireAnswers(predictor, JSON.parse(JSON.stringify(selfTest)))
  } catch (cause) {
    const message = `${predictor.modelId} does not answer the same rows the same way twice: ${messageOf(cause)}; look at the model, or give a larger tolerance`
    throw new PredictorError('self_test_not_made', message, { cause })
  }
}

function notMade(why: string): PredictorError {
  return new PredictorError('self_test_not_made', `no self-test was made: ${why}`)
}
