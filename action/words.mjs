// What a runner is told of an answer of `taskclf train promote --json`: workflow commands and a summary in Markdown. Pure.
// Names and texts come from files that anybody may have written: none of them may become a command or a tag.
import { annotation } from './runner.mjs'

const MOST_ANNOTATIONS = 50

/** A workflow command for every reason against the candidate, and for every warning. */
export function annotationsOf(answer, candidate) {
  const { error, rejection, warnings = [] } = answer
  if (error !== undefined) return errorsOf(error, candidate)
  const reasons = (rejection?.reasons ?? []).map((reason) =>
    annotation('error', {
      file: [candidate, fileOf(reason, rejection.stage)].filter(Boolean).join('/'),
      title: titleOf(reason),
      message: reason.message,
    }),
  )
  const said = warnings.map(({ code, message }) =>
    annotation('warning', { file: candidate, title: code, message }),
  )
  return limited([...reasons, ...said])
}

function errorsOf({ code, message, details }, candidate) {
  const problems = details?.problems ?? []
  if (problems.length === 0) return [annotation('error', { file: candidate, title: code, message })]
  return limited(
    problems.map((problem) =>
      annotation('error', {
        file: [candidate, problem.file].filter(Boolean).join('/'),
        title: problem.code,
        message: problem.message,
      }),
    ),
  )
}

function limited(lines) {
  if (lines.length <= MOST_ANNOTATIONS) return lines
  const more = lines.length - MOST_ANNOTATIONS
  return [...lines.slice(0, MOST_ANNOTATIONS), `::warning title=taskclf::and ${more} more`]
}

const titleOf = ({ metric, code }) => (metric === undefined ? code : `${metric}: ${code}`)

/** A check is about the model and whatever belongs to it: the message says which file. */
function fileOf({ stage, file }, rejectedAt) {
  if (!file && rejectedAt === 'check') return ''
  return file || (stage === 'incompatible' ? 'metadata.json' : 'metrics.json')
}

/** The summary: the verdict, and every number with the champion's beside the candidate's. */
export function summaryOf(answer, candidate, modelsDir) {
  const { error, rejection, numbers = [], notes = [] } = answer
  const lines = [`## ${verdictOf(answer)}`, '']
  if (error !== undefined) {
    const problems = error.details?.problems ?? []
    const all = problems.length === 0 ? [error] : problems
    return text([...lines, ...all.map(({ code, message }) => `- ${cell(message)} (${cell(code)})`)])
  }
  const ours = answer.candidate?.model_id ?? candidate
  lines.push(`Candidate **${cell(ours)}**, champion ${championOf(answer, modelsDir)}.`, '')
  if (numbers.length > 0) {
    lines.push(
      '| | check | metric | bound | candidate | champion | short by |',
      '|---|---|---|---|---:|---:|---:|',
    )
    for (const row of numbers) lines.push(rowOf(row))
    lines.push('')
  }
  for (const { message, code } of rejection?.reasons ?? []) lines.push(`- ${cell(message)} (${cell(code)})`)
  for (const { level, message } of notes) if (level !== 'error') lines.push(`- ${level}: ${cell(message)}`)
  return text(lines)
}

/** Why a candidate that would pass was compared with nothing, as a rejection; undefined when it was. */
export function championLacking({ champion, warnings = [] }) {
  if (champion?.status === 'found' && champion.compared) return undefined
  const code = champion?.status === 'found' ? 'champion_other_schema' : 'no_champion'
  const why = warnings.find((warning) => warning.code === code)?.message ?? 'there is no champion'
  const message = `a champion is required: ${why}`
  return { stage: 'regression', code, reasons: [{ code, message }] }
}

/** How the champion was found, by the answer's `champion.source`. */
const SOURCES = {
  active: 'the active model of',
  best: 'nothing being active the best of',
  newest: 'nothing being active and eligible the newest of',
}

/** Which champion the numbers are beside, and where it came from. */
function championOf({ champion, champion_model_id: id }, modelsDir) {
  if (!id) return '**none**'
  const source = Object.hasOwn(SOURCES, champion?.source) ? SOURCES[champion.source] : 'of'
  const how = champion?.compared === false ? '; not compared with' : ''
  return `**${cell(id)}** (${source} ${cell(modelsDir)}${how})`
}

function verdictOf({ error, rejection, selection, candidate }) {
  if (error !== undefined) return `❌ The candidate cannot be judged: ${cell(error.code)}`
  if (rejection !== undefined) return '❌ The candidate is rejected'
  const isBest = selection?.candidate?.model_id === candidate?.model_id
  return isBest && SWITCHES.includes(selection?.code)
    ? '✅ The candidate would be promoted'
    : `✅ The candidate would be published, but not become active: ${cell(selection?.message ?? 'nothing was selected')}`
}

/** The decisions by which the best takes over. */
const SWITCHES = ['better', 'no_incumbent', 'incumbent_ineligible']

function rowOf({ check, metric, bound, candidate, champion, passed, short_by }) {
  const cells = [
    passed ? '✅' : '❌',
    check,
    metric,
    bound,
    candidate ?? '–',
    champion ?? '–',
    short_by ?? '',
  ]
  return `| ${cells.map(cell).join(' | ')} |`
}

/** Text that stays text in a Markdown table. */
function cell(value) {
  return String(typeof value === 'object' ? JSON.stringify(value) : value)
    .replace(/[\r\n\t]+/g, ' ')
    .replace(/[\\`*_{}[\]<>#|~!&]/g, (mark) => `&#${mark.charCodeAt(0)};`)
}

const text = (lines) => `${lines.join('\n').trimEnd()}\n\n`
