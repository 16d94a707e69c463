/** Why something in a policy that was written is as it is. */
export interface PolicyNote {
  level: 'note' | 'warning'
  code: string
  message: string
}
