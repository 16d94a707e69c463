import type { RunEvent } from '@taskclf/runs'
import type { RunsShow } from '../../../documents/runs.js'
import type { Terminal } from '../../../io.js'
import { escapeText } from '../../../render/escape.js'
import { painter } from '../../../render/paint.js'
import { metricsText, runEventLine } from '../../../render/run-event.js'
import { renderFields } from '../../../render/table.js'

/** One run: how it stands, what it was, and its last words. */
export function text(data: RunsShow, terminal: Terminal): string {
  const events = data.last_events.map(
    (event) => `${escapeText(runEventLine(event as unknown as RunEvent))}\n`,
  )
  const rest = events.length === 0 ? '' : `\n${painter(terminal).bold('Last events')}\n${events.join('')}`
  return renderFields(fieldsOf(data)) + rest
}

function fieldsOf(data: RunsShow): [string, string | null][] {
  const took = data.duration_ms === null ? null : `${(data.duration_ms / 1000).toFixed(1)} s`
  const code = data.code === null ? '' : ` (${data.code})`
  const all: [string, string | null][] = [
    ['run', data.run_id],
    ['status', data.status + code],
    ['because', data.message],
    ['started', data.started_at],
    ['ended', data.ended_at],
    ['took', took],
    ['profile', data.profile],
    ['command', data.command.join(' ')],
    ['trainer', data.trainer === 'none' ? null : data.trainer],
    ['phase', data.phase],
    ['metrics', metricsText(data.metrics)],
    ['model_id', data.model_id],
    ['bundle', data.bundle_dir],
  ]
  return all.filter(([, value]) => value !== null && value !== '')
}
