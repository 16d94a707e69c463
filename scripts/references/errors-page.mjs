import { codesOf } from './answer-codes.mjs'
import { ERROR_TEXTS } from './error-texts.mjs'
import { generated, table } from './markdown.mjs'

/** Where codes come from: the list's export, what carries them, and the package. */
const SOURCES = [
  ['CLI_ERROR_EXITS', 'the command line', 'taskclf'],
  ['PROBLEM_CODES', 'a problem of a bundle', '@taskclf/registry-core'],
  ['WARNING_CODES', 'a warning of a bundle', '@taskclf/registry-core'],
  ['REGISTRY_ERROR_CODES', '`RegistryError`', '@taskclf/registry-core'],
  ['ACTIVE_POINTER_ERROR_CODES', '`ActivePointerError`', '@taskclf/active-pointer'],
  ['RESOLVE_ERROR_CODES', '`ResolveError`', '@taskclf/infer-resolver'],
  ['RELOAD_ERROR_CODES', '`ReloadError`', '@taskclf/infer-resolver'],
  ['PREDICTOR_ERROR_CODES', '`PredictorError`', '@taskclf/predictor'],
  ['LIGHTGBM_ERROR_CODES', '`LightgbmError`', '@taskclf/lightgbm'],
  ['DATASET_ERROR_CODES', '`DatasetError`', '@taskclf/dataset'],
  ['PROMOTION_ERROR_CODES', '`PromotionError`', '@taskclf/promotion'],
  ['RUNS_ERROR_CODES', '`RunsError`', '@taskclf/runs'],
  ['RUN_FAILURE_CODES', "a run's outcome", '@taskclf/runs'],
  ['DURABLE_FS_ERROR_CODES', '`DurableFsError`', '@taskclf/durable-fs'],
]

/** Codes that are answers rather than errors: the exported type, what carries them, and the package. */
const ANSWERS = [
  ['GateCode', 'a gate that did not pass', 'selection-policy'],
  ['IncompatibleCode', 'a bundle that does not fit', 'selection-policy'],
  ['ReasonCode', 'a bundle that is passed over', 'selection-policy'],
  ['RegressionCode', 'a comparison with the champion', 'selection-policy'],
  ['SwitchCode', 'a decision about switching', 'selection-policy'],
  ['PointerProblemCode', 'why active.json cannot be used', 'active-pointer'],
]

/** The page as it is shipped with the command line, where no other page is. */
export function shippedErrorsPage(page) {
  return page.replace(/^---\n[\s\S]*?\n---\n\n/, '').replace(/\[([^\]]+)\]\(\.\.[^)]*\)/g, '$1')
}

/** Every code with what it means and what to do; refuses a code without a text, and a text without a code. */
export function errorsPage(declarations) {
  const lists = [
    ...SOURCES.map(([list, carrier, name]) => {
      const codes = declarations[list]
      return { carrier, name, codes: Array.isArray(codes) ? codes : Object.keys(codes) }
    }),
    ...ANSWERS.map(([type, carrier, directory]) => ({
      carrier,
      name: `@taskclf/${directory}`,
      codes: codesOf(type, directory),
    })),
  ]
  const all = [...new Set(lists.flatMap(({ codes }) => codes))].sort()
  const unexplained = all.filter((code) => !Object.hasOwn(ERROR_TEXTS, code))
  const gone = Object.keys(ERROR_TEXTS).filter((code) => !all.includes(code))
  if (unexplained.length + gone.length > 0) {
    const say = (what, codes) => (codes.length === 0 ? '' : `${what}: ${codes.join(', ')}\n`)
    throw new Error(
      `scripts/references/error-texts.mjs:\n${say('lacks', unexplained)}${say('explains what is no code any more', gone)}`,
    )
  }
  return [
    generated('Error codes', 'the codes that the packages export, and scripts/references/error-texts.mjs'),
    'Programs match codes; messages are for people, and change. Every error says what failed, where, and what to do next; its `cause` is what was',
    'thrown below. On the command line the code stands in brackets behind the message, and in `error.code` with `--json`. Problems, warnings and answers',
    'are data and not thrown; some answers are good news.',
    '',
    ...lists.flatMap(({ carrier, name, codes }) => [
      `**${carrier}** (${name}): ${codes.map((code) => `[${code}](#${code})`).join(' · ')}`,
      '',
    ]),
    ...all.flatMap((code) => section(code, lists, declarations)),
  ].join('\n')
}

function section(code, lists, { CLI_ERROR_EXITS, LIBRARY_EXITS }) {
  const [means, advice] = ERROR_TEXTS[code]
  const carriers = lists.filter(({ codes }) => codes.includes(code))
  const exit = CLI_ERROR_EXITS[code] ?? LIBRARY_EXITS[code]
  return [
    `## ${code}`,
    '',
    means,
    '',
    `**What to do:** ${advice}`,
    '',
    table(
      ['carried by', 'package', 'exit code of a command'],
      carriers.map(({ carrier, name }) => [carrier, name, isError(carrier) ? (exit ?? '–') : '–']),
    ),
    '',
  ]
}

const isError = (carrier) => carrier.endsWith('Error`') || carrier === 'the command line'
