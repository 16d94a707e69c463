import { escapeJson } from './escape.js'

/** The one JSON document of a command, as it goes to standard output. */
export function renderJson(document: object): string {
  return `${escapeJson(JSON.stringify({ version: 1, ...document }, null, 2))}\n`
}
