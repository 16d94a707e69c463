import { lookAtStore, type StoreLike, type StoreLook } from '@taskclf/active-pointer'
import type { RegistryLook } from './bundle-publisher.js'
import { PromotionError } from './errors.js'
import { localPublisher } from './local/local-publisher.js'

/**
 * A store with its publisher, however it is given.
 *
 * @throws PromotionError `publish_failed` for a store that only reads. RegistryError when the models dir cannot be opened.
 * @example
 * ```ts
 * const { publisher } = lookAtRegistry('models')
 * ```
 */
export function lookAtRegistry(where: StoreLike): RegistryLook {
  const look = lookAtStore(where)
  if (isRegistry(look)) return look
  if (look.local) return { ...look, publisher: localPublisher(look.local) }
  throw new PromotionError(
    'publish_failed',
    `${look.location} is a store that only reads; give one that publishes`,
  )
}

const isRegistry = (look: StoreLook): look is RegistryLook => 'publisher' in look
