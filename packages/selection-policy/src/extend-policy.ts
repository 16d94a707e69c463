import type { Policy } from './policy.js'
import { POLICY_PRESETS } from './presets.js'
import { type Fields, firstMetricIn } from './raw-policy.js'

/**
 * A policy document with what it leaves to the preset that it `extends`. What it states itself replaces what the preset
 * says, key by key. An amount in the units of another metric is not inherited.
 */
export function extendPolicy(document: Fields): Fields {
  const { extends: name, ...rest } = document
  const stated = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  const preset = presetNamed(name)
  if (preset === undefined) return stated
  if (stated.rank_by === undefined || firstMetricIn(stated.rank_by) === firstMetricIn(preset.rank_by)) {
    return { ...preset, ...stated }
  }
  const { min_improvement: _, regression_tolerance: __, ...inherited } = preset
  return { ...inherited, ...stated }
}

function presetNamed(name: unknown): Policy | undefined {
  return Object.entries(POLICY_PRESETS).find(([known]) => known === name)?.[1]
}
