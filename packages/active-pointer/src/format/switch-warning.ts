/** Something about a switch that an operator should know. */
export interface SwitchWarning {
  code:
    | 'lock_broken'
    | 'lock_not_released'
    | 'corrupt_pointer_replaced'
    | 'models_dir_renamed'
    | 'unconfirmed_revision'
    | 'digest_changed'
    | 'not_checked'
  message: string
}
