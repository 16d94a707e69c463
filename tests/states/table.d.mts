/** Who meets a state of the pointer: a column of the table. */
export interface Consumer {
  id: ConsumerId
  title: string
}
export type ConsumerId = 'resolve' | 'repair' | 'library' | 'start' | 'running'

/** A state of the pointer and of what it names: a row. What each consumer makes of it is under the consumer's id. */
export interface StateRow extends Readonly<Record<ConsumerId, string>> {
  id: string
  title: string
  is: 'absent' | 'missing' | 'broken' | 'unknown' | 'good'
}
export const CONSUMERS: readonly Consumer[]
export const STATES: readonly StateRow[]
