import { resolve } from 'node:path'
import { canonicalDigest } from '@taskclf/registry-core'
import { DEFAULT_POLICY, POLICY_PRESETS, type Policy } from '@taskclf/selection-policy'
import type { LoadedPolicy, SettingLayer } from './settings.js'

/** The policy a setting names; the default one where none does. What one lacks is explained by the models. */
export async function loadPolicy(
  setting: SettingLayer['policy'],
  modelsDir: () => string,
): Promise<LoadedPolicy> {
  if (setting === undefined) return loaded(DEFAULT_POLICY, 'default')
  if ('inline' in setting) {
    const { readInlinePolicy } = await import('./read-policy.js')
    return loaded(await readInlinePolicy(setting.inline, setting.from, modelsDir), setting.from)
  }
  const preset = Object.hasOwn(POLICY_PRESETS, setting.text)
    ? POLICY_PRESETS[setting.text as keyof typeof POLICY_PRESETS]
    : undefined
  if (preset !== undefined) return loaded(preset, setting.text)
  // Loaded here, with the schemas: a policy that has a name needs no checking.
  const { readPolicy } = await import('./read-policy.js')
  const path = resolve(setting.base, setting.text)
  return loaded(await readPolicy(path, modelsDir), path)
}

function loaded(policy: Policy, source: string): LoadedPolicy {
  return { policy, source, digest: canonicalDigest(policy) }
}
