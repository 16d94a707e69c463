import * as pointers from '@taskclf/active-pointer'
import * as resolving from '@taskclf/infer-resolver'
import * as promotion from '@taskclf/promotion'
import * as registries from '@taskclf/registry'
import * as core from '@taskclf/registry-core'
import * as selection from '@taskclf/selection-policy'
import type { Verbs } from '../src/index.js'

/** What the cases run. */
export const verbs: Verbs = { ...core, ...selection, ...pointers, ...resolving, ...promotion, ...registries }
