export interface Rig {
  needs: readonly { name: string; have: () => boolean }[]
  lock: string
  install: (lock: string, dir: string) => void
  works: readonly string[]
  ofTheMachine?: boolean
}
export declare const RIGS: { strace: Rig; chromium: Rig; converters: Rig; lightgbm: Rig }
export declare function openRig(
  rig: Rig,
  options?: { install?: boolean; cache?: string },
): { dir?: string; why?: string }
export declare function provideRigs(
  rigs: Record<string, Rig>,
  options: { required: boolean; say: (line: string) => void; cache?: string },
): boolean
export declare function pathWith(dir: string): string
