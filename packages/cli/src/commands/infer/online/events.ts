import { toDegradedJson } from '@taskclf/documents'
import type { Degraded, ReloadFailure, ServedModel, SwapEvent } from '@taskclf/infer-resolver'
import { escapeJson, escapeLines } from '@taskclf/terminal'
import type { Context } from '../../../command.js'
import { standsInText } from '../shared/stands-in.js'

/** Tells on standard error what happens to the served model. */
export interface EventLog {
  start(served: ServedModel, degraded: Degraded | undefined): void
  swap(event: SwapEvent): void
  error(failure: ReloadFailure): void
}

/** As lines for people, or as JSON lines `{ at, event, … }`. */
export function createEventLog(format: 'text' | 'json', { pipes: { stderr }, now }: Context): EventLog {
  const tell = (event: string, text: string, facts: object) => {
    const line = JSON.stringify({ at: now().toISOString(), event, ...facts })
    stderr.write(`${format === 'json' ? escapeJson(line) : escapeLines(text)}\n`)
  }
  return {
    start: (served, degraded) => {
      const told = toDegradedJson(degraded)
      const standsIn = told === null ? '' : `, ${standsInText(told)}`
      tell('start', `serving ${name(served)}, ${served.source}${standsIn}`, {
        ...model(served),
        degraded: told,
      })
    },
    swap: ({ from, to, loaded }) =>
      tell('swap', `now serving ${name(to)}, before ${name(from)}`, {
        ...model(to),
        from: model(from),
        loaded,
      }),
    error: ({ error, attempts, retryInMs }) => {
      const next = retryInMs === undefined ? 'resting until it changes' : `next try in ${retryInMs} ms`
      tell(
        'error',
        `error: ${error.message} [${error.code}]; attempt ${attempts}, ${next}; serving goes on`,
        {
          code: error.code,
          message: error.message,
          model_id: error.modelId ?? null,
          attempts,
          retry_in_ms: retryInMs ?? null,
        },
      )
    },
  }
}

function model({ modelId, revision, source }: ServedModel) {
  return { model_id: modelId, revision: revision ?? null, source }
}

function name({ modelId, revision }: ServedModel): string {
  return revision === undefined ? modelId : `${modelId} (revision ${revision})`
}
