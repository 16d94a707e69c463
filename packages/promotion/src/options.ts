import type { StoreLike } from '@taskclf/active-pointer'
import type { LockOptions } from '@taskclf/durable-fs'
import { type BundleChecks, canonicalDigest } from '@taskclf/registry-core'
import { DEFAULT_POLICY, type Policy, parsePolicy, type Requirement } from '@taskclf/selection-policy'
import type { RegistryLook } from './bundle-publisher.js'
import { PromotionError } from './errors.js'
import { lookAtRegistry } from './look-at-registry.js'
import type { PublishIo } from './publish-candidate.js'
import type { refreshIndex } from './refresh-index.js'

/** The steps of a promotion, in their order. */
export type PromotionPhase =
  | 'validate'
  | 'gates'
  | 'champion'
  | 'regression'
  | 'check'
  | 'publish'
  | 'select'
  | 'index'
  | 'reject'

/** What {@link promote} does besides reading a candidate. */
export interface PromotionSettings {
  /** The models dir, or another store. */
  modelsDir: StoreLike
  /** Default: the default policy. */
  policy?: Policy
  /** What the candidate has to fit; nothing given, nothing asked. */
  requirement?: Requirement
  /** Compare with no champion, usable or not. */
  ignoreChampion?: boolean
  /** Everything but publish and switch. */
  dryRun?: boolean
  /** The id to publish under. Default: `model_id` of the metadata, the name of the directory, or one that is drawn. */
  as?: string
  /** Publish a copy of a candidate whose files are published already. */
  again?: boolean
  /** In place of the policy's `min_improvement`. */
  minImprovement?: number
  /** Who promotes, for the audit. */
  actor?: string
  now?: () => Date
  onProgress?: (phase: PromotionPhase) => void
  /**
   * How a bundle is tried before it may serve: the staged copy before it is published, the best before it is activated; and the
   * champion, before anything is compared with it.
   */
  checks?: BundleChecks
  /** Brings the models dir's index up to date, last, once a bundle was published; its failure is a warning. False: leave it. */
  refreshIndex?: typeof refreshIndex | false
  lock?: Pick<LockOptions, 'timeoutMs' | 'staleAfterMs'>
}

/** What {@link promote} promotes, and how. */
export interface PromoteOptions extends PromotionSettings {
  candidateDir: string
}

/** The settings with every default filled in, and checked. */
export interface PromotionContext {
  store: RegistryLook
  policy: Policy
  policyDigest: string
  requirement: Requirement
  io: PublishIo
  settings: PromotionSettings
  enter: (phase: PromotionPhase) => void
}

/** Checks what was asked before anything is touched. */
export function openContext(settings: PromotionSettings): PromotionContext {
  const { minImprovement } = settings
  const asked = settings.policy ?? DEFAULT_POLICY
  const wanted = minImprovement === undefined ? asked : { ...asked, min_improvement: minImprovement }
  const parsed = parsePolicy(wanted)
  if (!parsed.ok) {
    const why = parsed.violations.map(({ at, message }) => `${at}: ${message}`).join('; ')
    const details = { violations: parsed.violations }
    throw new PromotionError('invalid_policy', `the policy cannot be used: ${why}`, { details })
  }
  return {
    store: lookAtRegistry(settings.modelsDir),
    policy: parsed.policy,
    policyDigest: canonicalDigest(parsed.policy),
    requirement: settings.requirement ?? {},
    io: {
      now: settings.now ?? (() => new Date()),
      lock: settings.lock,
      checks: settings.checks,
    },
    settings,
    enter: settings.onProgress ?? (() => {}),
  }
}

/** How the champion is looked for, and tried. */
export function championOptions({ policy, requirement, settings: { checks } }: PromotionContext) {
  return { policy, requirement, ...(checks && { checks }) }
}
