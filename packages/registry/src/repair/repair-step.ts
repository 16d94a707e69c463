/** The steps of a repair, in their order. */
export const REPAIR_STEPS = ['locks', 'staging', 'leftovers', 'pointer', 'index'] as const

/** One of {@link REPAIR_STEPS}. */
export type RepairStepName = (typeof REPAIR_STEPS)[number]

/** Something that a repair did, or did not do. What needed nothing is not mentioned. */
export interface RepairStep {
  step: RepairStepName
  /** `declined`: the question was answered with no. `failed`: nothing was changed, and `message` says why. */
  outcome: 'repaired' | 'declined' | 'failed'
  /** What was found; of a failure the error's code. */
  code: string
  message: string
}

/** Something that only a person may decide. */
export interface RepairQuestion {
  step: RepairStepName
  code: 'lock_abandoned' | 'pointer_unconfirmed'
  message: string
}

/** What the steps of a repair have in common. */
export type Confirm = (question: RepairQuestion) => boolean | Promise<boolean>
