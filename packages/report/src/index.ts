export type { RenderOptions } from './page.js'
export { MOST_BYTES, renderReport } from './render-report.js'
