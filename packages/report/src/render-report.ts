import type { Report } from '@taskclf/documents'
import { LIMITS } from './limits.js'
import { type RenderOptions, renderPage } from './page.js'

/** What a page may weigh, in bytes. */
export const MOST_BYTES = 300_000

/**
 * A registry as a page: one HTML file of at most {@link MOST_BYTES} that loads nothing. What there is no room for is counted on the page.
 *
 * @example
 * ```ts
 * const page = renderReport(data, { sha256: (text) => createHash('sha256').update(text).digest('base64') })
 * ```
 */
export function renderReport(report: Report, options: RenderOptions): string {
  let page = ''
  for (const limits of LIMITS) {
    page = renderPage(report, limits, options)
    if (new TextEncoder().encode(page).length <= MOST_BYTES) break
  }
  return page
}
