export function statesPage(): string
