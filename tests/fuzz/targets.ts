import { POINTER_TARGETS } from './pointer-targets.js'
import { PROGRAM_TARGETS } from './program-targets.js'
import { REGISTRY_TARGETS } from './registry-targets.js'
import type { Target } from './target.js'

export const TARGETS: readonly Target[] = [...REGISTRY_TARGETS, ...POINTER_TARGETS, ...PROGRAM_TARGETS]
