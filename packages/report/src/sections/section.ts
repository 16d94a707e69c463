import type { Html } from '../html.js'

/** A part of the page, and how the way there is called. */
export interface Section {
  id: string
  title: string
  body: Html
}
