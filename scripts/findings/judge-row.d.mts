export function isTheReason(message: string, because?: string): boolean
