import { openRegistry, type Registry } from '@taskclf/registry'
import type { Context } from '../../command.js'
import { checksOf } from './checks.js'

/** The registry that flags and settings name, with what they say of policy, requirement, checks and who is at work. */
export async function registryOf(
  { settings, now }: Pick<Context, 'settings' | 'now'>,
  { unchecked = false }: { unchecked?: boolean } = {},
): Promise<Registry> {
  // The default policy is the registry's own, and need not be loaded.
  const named = settings.policyIsDefault ? undefined : await settings.policy()
  return openRegistry(settings.modelsDir, {
    ...(named && { policy: named.policy }),
    requirement: await settings.requirement(),
    checks: checksOf({ unchecked }, settings),
    now,
    ...(settings.actor !== undefined && { actor: settings.actor }),
  })
}
