import { ResolveError, type ResolveErrorCode } from './errors.js'
import { type Fallback, fallbackOf, type LookWithoutTarget, type Tried, wantedBy } from './fallback.js'
import type { ActiveLook } from './look-at-active.js'
import type { Resolution, ResolveOptions } from './resolution.js'
import { resolveLastGood } from './resolve-last-good.js'
import { resolveSelection } from './resolve-selection.js'

/** What serves when the pointer's model does not, by the state that the pointer is in; a refusal is thrown. */
export async function resolveWithoutTarget(
  look: Exclude<ActiveLook, { state: 'good' }>,
  options: ResolveOptions,
  tried: Tried,
): Promise<Resolution> {
  if (look.state === 'unknown') throw look.error
  refuseRepair(look, options)
  const fallback = fallbackOf(look, options, tried.unfit)
  const way = wayOf(look, options)
  if (way === 'policy') return resolveSelection(fallback)
  const found = way === 'last_good' ? await resolveLastGood(fallback) : undefined
  if (found !== undefined) return found
  throw tried.error ?? refusal(fallback, way)
}

/** The default, where nobody said what to do: a missing model is replaced with a word, a broken choice is not. */
function wayOf(look: LookWithoutTarget, { onBrokenPointer, repair }: ResolveOptions) {
  if (look.state === 'absent') return 'policy'
  if (onBrokenPointer !== undefined) return onBrokenPointer
  const mayReplace = look.state === 'missing' || (look.code === 'pointer_corrupt' && repair === true)
  return mayReplace ? 'policy' : 'fail'
}

/** What is there was chosen by somebody: a repair is for what is lost. */
function refuseRepair(look: LookWithoutTarget, { repair }: ResolveOptions): void {
  if (!repair || look.state !== 'broken' || look.code === 'pointer_corrupt') return
  const message = `${look.message}; somebody chose it, so nothing was repaired: switch to another model, or roll back`
  throw new ResolveError('repair_refused', message, {
    details: { wanted: wantedBy(look), code: look.code, problems: look.problems },
  })
}

function refusal({ look, degraded, warning }: Fallback, way: 'fail' | 'last_good'): ResolveError {
  const nothing = way === 'last_good' ? '; no model that served before can serve either' : ''
  return new ResolveError(degraded?.code as ResolveErrorCode, `${warning.message}${nothing}`, {
    details: {
      ...(degraded?.wanted !== undefined && { wanted: degraded.wanted }),
      ...(look.state === 'broken' && look.problems.length > 0 && { problems: look.problems }),
    },
  })
}
