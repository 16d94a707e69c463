export function setup(): void
export function isStale(tree: string): boolean
