import { z } from 'zod'

/** Anything JSON can say. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue }

export const jsonObjectSchema = z.record(z.string(), z.json())
