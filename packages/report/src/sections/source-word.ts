import type { Report } from '@taskclf/documents'
import { own } from '../own.js'

type Switch = Pick<Report['history'][number], 'source' | 'decision'>

const WORDS: Readonly<Record<string, string>> = {
  promotion: 'Promotion',
  select: 'Selection',
  'set-active': 'Chosen by a person',
  rollback: 'Rollback',
  repair: 'Repair',
  withdraw: 'Withdrawal',
  readmit: 'Readmission',
}

const SOURCES: Readonly<Record<string, string>> = {
  manual: 'Chosen by a person',
  rollback: 'Rollback',
  repair: 'Repair',
  promotion: 'Promotion',
}

/** How a switch came about, in a word or two. */
export function sourceWord({ source, decision }: Switch): string {
  return own(WORDS, decision?.kind ?? '') ?? own(SOURCES, source ?? '') ?? 'Written by another program'
}
