/** What is built: opaque, to be handed on. */
export interface Built {
  codes: Set<string>
}
export declare function loadBuilt(): Promise<Built>
