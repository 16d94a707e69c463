// No library: the tables of codes are ours.
import { codeLists } from './code-lists.mjs'
import { generated, table } from './markdown.mjs'

/** The page as it is shipped with the command line, where no other page is. */
export function shippedErrorsPage(page) {
  return page.replace(/^---\n[\s\S]*?\n---\n\n/, '').replace(/\[([^\]]+)\]\(\.\.[^)]*\)/g, '$1')
}

/** Every code with what it means and what to do, as the tables of the packages say it. */
export function errorsPage(declarations) {
  const lists = codeLists(declarations)
  const all = [...new Set(lists.flatMap((list) => Object.keys(list.table)))].sort()
  return [
    generated('Error codes', 'the tables of codes in packages/*/src'),
    'Programs match codes; messages are for people, and change. Every error is a `TaskclfError` (@taskclf/errors): its `message` says what failed, and where;',
    'its `hint` what to do next, as it is said here or more exactly; its `cause` is what was thrown below. On the command line the code is in brackets',
    'behind the message, and in `error.code` with `--json`. Problems, warnings and answers are data and not thrown; some answers are good news.',
    '',
    ...lists.flatMap(({ carrier, packageName, table: codes }) => [
      `**${carrier}** (${packageName}): ${Object.keys(codes)
        .map((code) => `[${code}](#${code})`)
        .join(' · ')}`,
      '',
    ]),
    ...all.flatMap((code) => section(code, lists, declarations)),
  ].join('\n')
}

function section(code, lists, { ERROR_EXITS }) {
  const carriers = lists.filter((list) => Object.hasOwn(list.table, code))
  const said = grouped(carriers, code)
  const texts = [...said].flatMap(([text, by]) => [
    ...(said.size === 1 ? [] : [`Of ${by.join(', ')}:`, '']),
    text,
    '',
  ])
  return [
    `## ${code}`,
    '',
    ...texts,
    table(
      ['carried by', 'package', 'exit code of a command'],
      carriers.map(({ carrier, packageName }) => [
        carrier,
        packageName,
        isError(carrier) ? (ERROR_EXITS[code] ?? '–') : '–',
      ]),
    ),
    '',
  ]
}

/** What is said of a code → the carriers of which it is said. */
function grouped(carriers, code) {
  const said = new Map()
  for (const { carrier, table: codes } of carriers) {
    const text = explained(codes[code])
    said.set(text, [...(said.get(text) ?? []), carrier])
  }
  return said
}

function explained({ what, hint, page }) {
  const more = page === undefined ? '' : ` See [${page.replace(/#.*/, '')}](../${page}).`
  return `${what}\n\n**What to do:** ${hint}.${more}`
}

const isError = (carrier) => carrier.endsWith('Error`') || carrier === 'the command line'
