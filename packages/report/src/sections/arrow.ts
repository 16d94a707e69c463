import { type Html, html } from '../html.js'

/** Which way is better, as a sign and in words. */
export function arrowOf(better: 'higher' | 'lower' | null): Html {
  if (better === null) return html``
  return html`<span class="arrow" aria-hidden="true" title="${better} is better">${better === 'higher' ? '\u00a0↑' : '\u00a0↓'}</span><span class="sr"> (${better} is better)</span>`
}
