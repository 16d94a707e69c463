/** Who looks for the model that serves. */
export type ReaderId =
  | 'resolve'
  | 'repair'
  | 'batch'
  | 'online'
  | 'library'
  | 'start'
  | 'running'
  | 'doctor'
  | 'fix'
/** Who puts another in its place. */
export type WriterId = 'promote' | 'select' | 'setActive' | 'rollback'
export type ConsumerId = ReaderId | WriterId

/** Who meets a state of the pointer: a column of the table. */
export interface Consumer<Id extends ConsumerId = ConsumerId> {
  id: Id
  title: string
}

/** A state of the pointer and of what it names: a row. What each consumer makes of it is under the consumer's id. */
export interface StateRow extends Readonly<Record<ConsumerId, string>> {
  id: string
  title: string
  is: 'absent' | 'missing' | 'broken' | 'unknown' | 'good'
}
export const READING: readonly Consumer<ReaderId>[]
export const WRITING: readonly Consumer<WriterId>[]
export const CONSUMERS: readonly Consumer[]
export const STATES: readonly StateRow[]
