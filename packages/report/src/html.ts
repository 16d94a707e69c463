import { escapeText } from '@taskclf/terminal'

/** Markup that is safe to be part of a page. */
export class Html {
  readonly markup: string

  constructor(markup: string) {
    this.markup = markup
  }

  toString(): string {
    return this.markup
  }
}

/** What a template may contain; text is escaped, nothing is left out. */
export type Part = Html | string | number | false | null | undefined | readonly Part[]

/** A template of markup: text between its parts is ours, every part is escaped unless it was made here. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const [first = '', ...rest] = strings
  return new Html(first + rest.map((text, i) => markupOf(parts[i]) + text).join(''))
}

function markupOf(part: Part): string {
  if (part === undefined || part === null || part === false) return ''
  if (part instanceof Html) return part.markup
  if (typeof part === 'object') return part.map(markupOf).join('')
  return escapeHtml(String(part))
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text of files as a page may safely show it, also within quotes; what hides or turns text is written out. */
export function escapeHtml(text: string): string {
  return escapeText(text).replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '')
}

/** Text of files in a line of ours: its direction is its own. */
export function name(text: string): Html {
  return html`<bdi>${text}</bdi>`
}

/** The name of a metric, which may be broken after its parts. */
export function metricName(text: string): Html {
  const parts = text.split(/(?<=[_.])/)
  return html`<bdi>${parts.map((part, i) => html`${i > 0 && new Html('<wbr>')}${part}`)}</bdi>`
}
