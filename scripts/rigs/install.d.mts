export declare const debsWith: (...programs: string[]) => (lock: string, dir: string) => void
