import type { OptionsOf } from '@taskclf/flags'
import { FlagsError } from '@taskclf/flags'
import type { PromotionPhase } from '@taskclf/promotion'
import type { RegistryPromotion } from '@taskclf/registry'
import type { Context } from '../../../command.js'
import type { PROMOTION_FLAGS } from './promotion-flags.js'

const STEPS: Record<PromotionPhase, string> = {
  validate: 'reading the candidate',
  gates: 'holding it to the gates',
  champion: 'looking for the champion',
  regression: 'comparing with the champion',
  check: 'trying the model',
  publish: 'publishing, once the staged copy loads',
  select: 'selecting',
  index: 'refreshing the index',
  reject: 'keeping the rejected candidate',
}

/** What flags say of a promotion. */
export function promotionSettings(
  options: OptionsOf<typeof PROMOTION_FLAGS>,
  { progress }: Context,
): RegistryPromotion {
  const minImprovement = improvement(options['min-improvement'])
  return {
    dryRun: options['dry-run'],
    ignoreChampion: options['ignore-champion'],
    again: options.again,
    ...(options.as !== undefined && { as: options.as }),
    ...(minImprovement !== undefined && { minImprovement }),
    onProgress: (phase) => progress.step(`promote: ${STEPS[phase]}`),
  }
}

function improvement(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^(?:\d+\.?\d*|\.\d+)$/.test(text)) return Number(text)
  throw new FlagsError(
    'invalid_value',
    `--min-improvement takes a number from 0, not ${JSON.stringify(text)}`,
  )
}
