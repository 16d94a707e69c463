import type { ActiveLook } from './look-at-active.js'
import type { Degraded, ResolveOptions, ResolveWarning } from './resolution.js'

/** What was tried before: models that do not serve, and what the pointer's own said. */
export interface Tried {
  unfit: ReadonlySet<string>
  error?: Error
}

/** A look at a pointer that does not lead to a model which may serve. */
export type LookWithoutTarget = Exclude<ActiveLook, { state: 'good' } | { state: 'unknown' }>

/** What a fallback goes by: what was seen and tried, and what to say of it. */
export interface Fallback {
  look: LookWithoutTarget
  options: ResolveOptions
  unfit: ReadonlySet<string>
  warning: ResolveWarning
  /** Absent where there is no pointer: nothing was chosen then. */
  degraded?: Degraded
}

/** What a fallback from this look goes by. */
export function fallbackOf(
  look: LookWithoutTarget,
  options: ResolveOptions,
  unfit: ReadonlySet<string>,
): Fallback {
  if (look.state === 'absent') {
    const warning = { code: 'no_pointer', message: 'there is no active.json; the policy decides' } as const
    return { look, options, unfit, warning }
  }
  const { message } = look
  const code = look.state === 'missing' ? 'active_bundle_missing' : look.code
  const wanted = wantedBy(look)
  const degraded: Degraded = { code, message, ...(wanted !== undefined && { wanted }) }
  return { look, options, unfit, warning: { code: warningCode(code), message }, degraded }
}

function warningCode(code: Degraded['code']): ResolveWarning['code'] {
  if (code === 'pointer_corrupt' || code === 'active_bundle_missing') return code
  return code === 'bundle_incompatible' ? 'active_bundle_incompatible' : 'active_bundle_invalid'
}

/** The model that the pointer asks for, where it can be read. */
export function wantedBy({ active }: LookWithoutTarget): string | undefined {
  return active.status === 'valid' ? active.modelId : undefined
}
