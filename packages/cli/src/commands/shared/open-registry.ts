import { openRegistry, type Registry } from '@taskclf/registry'
import type { Context } from '../../command.js'
import { checksOf } from './checks.js'

/**
 * The registry that flags and settings name, with what they say of policy, requirement, checks and who is at work. A command
 * that only reads says so: then the system is not asked who that is.
 */
export async function registryOf(
  { settings, now }: Pick<Context, 'settings' | 'now'>,
  { unchecked = false, readOnly = false }: { unchecked?: boolean; readOnly?: boolean } = {},
): Promise<Registry> {
  // The default policy is the registry's own, and need not be loaded.
  const named = settings.policyIsDefault ? undefined : await settings.policy()
  const actor = readOnly ? undefined : settings.actor
  return openRegistry(settings.modelsDir, {
    ...(named && { policy: named.policy }),
    requirement: await settings.requirement(),
    checks: checksOf({ unchecked }, settings),
    now,
    ...(actor !== undefined && { actor }),
  })
}
