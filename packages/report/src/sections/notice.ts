import type { Report } from '@taskclf/documents'
import { type Html, html, name } from '../html.js'
import type { Limits } from '../limits.js'
import { clip } from '../words.js'

/** What is wrong, above everything else; nothing where nothing is. */
export function noticeSection(report: Report, limits: Limits): Html {
  const { serving, models } = report
  const { state, problem, refusal, serves } = serving
  if (state === 'good') return oddities(report, limits)
  if (models.length === 0 && state === 'absent')
    return notice(
      'calm',
      'No models yet',
      html`Nothing serves. <code>taskclf train promote</code> publishes the first model.`,
    )
  const code = html` <code>${problem?.code}</code>`
  const said = html`${sentence(problem?.message ?? '', limits)}${code}`
  if (serves === null) {
    const why =
      refusal === null || refusal.code === problem?.code
        ? null
        : html` ${sentence(refusal.message, limits)} <code>${refusal.code}</code>`
    return notice('bad', 'Nothing serves', html`${said}${why} A program that resolves is refused.`)
  }
  if (state === 'absent')
    return notice(
      'calm',
      'No model was made active',
      html`${said} Until one is, a program that resolves gets the best by the policy: ${name(serves)}.`,
    )
  return notice(
    'odd',
    'Another model serves in its place',
    html`${said} A program that resolves gets ${name(serves)}.`,
  )
}

function notice(tone: 'bad' | 'odd' | 'calm', title: string, body: Html): Html {
  return html`<section class="notice ${tone}" aria-labelledby="notice"><h2 id="notice">${title}</h2><p>${body}</p></section>`
}

function sentence(text: string, limits: Limits): string {
  const [first = '', ...rest] = clip(text, limits.sentence)
  return `${first.toUpperCase()}${rest.join('')}.`
}

const MOST_ODDITIES = 5

function oddities({ oddities: found }: Report, limits: Limits): Html {
  if (found.length === 0) return html``
  const shown = found.slice(0, MOST_ODDITIES)
  const more = found.length - shown.length
  return html`<section class="notice odd" aria-labelledby="notice"><h2 id="notice">The history is odd</h2>
<ul>${shown.map(({ code, message }) => html`<li>${sentence(message, limits)} <code>${code}</code></li>`)}</ul>
${more > 0 && html`<p>And ${more} more: <code>taskclf doctor</code> lists them.</p>`}</section>`
}
