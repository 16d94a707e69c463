import type * as Pointers from '@taskclf/active-pointer'
import type * as Resolving from '@taskclf/infer-resolver'
import type * as Promotion from '@taskclf/promotion'
import type * as Registries from '@taskclf/registry'
import type * as Core from '@taskclf/registry-core'
import type * as Selection from '@taskclf/selection-policy'

/** What the cases run on a store: the functions of the packages, passed in by the test. */
export type Verbs = Pick<
  typeof Pointers,
  | 'readHistory'
  | 'readmitModel'
  | 'readWithdrawn'
  | 'rollbackActive'
  | 'watchActive'
  | 'withdrawModel'
  | 'writeActiveAtomic'
> &
  Pick<typeof Resolving, 'activateBest' | 'createModelReloader' | 'resolveModelDir' | 'weighBest'> &
  Pick<typeof Promotion, 'promote' | 'publishBundle'> &
  Pick<typeof Registries, 'openRegistry'> &
  Pick<typeof Core, 'readBundle' | 'readBundleContent'> &
  Pick<typeof Selection, 'DEFAULT_POLICY'>
