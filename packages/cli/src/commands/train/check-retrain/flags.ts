import { CADENCE_FLAG } from '../shared/cadence.js'

/** The flags of `train check-retrain`. */
export const TRAIN_CHECK_RETRAIN_FLAGS = { cadence: CADENCE_FLAG } as const
