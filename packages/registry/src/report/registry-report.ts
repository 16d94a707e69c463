import type { HistoryProblem, HistoryWarning } from '@taskclf/active-pointer'
import type { ClassMetrics } from '@taskclf/registry-core'
import type { Bound, Policy, RankOrder } from '@taskclf/selection-policy'
import type { SwitchRecord } from '../why/decision-record.js'
import type { Outranking, Standing } from '../why/why-report.js'

/** What a single figure of a report may be. */
export type ReportValue = string | number | boolean | null

/** A metric that the policy names, in the order in which it does: those of the ranking, then those of gates alone. */
export interface ReportMetric {
  name: string
  /** Which way the policy ranks by it; null where only a gate asks for it. */
  order: RankOrder | null
  /** Which way is better, by ranking or else by the gate's bounds; null where neither says. */
  better: 'higher' | 'lower' | null
  /** Every gate on it. */
  bounds: readonly Bound[]
}

/** A model of a report. */
export interface ReportModel {
  modelId: string
  /** As it is written; null where that cannot be read. */
  createdAt: string | null
  createdAtUtc: string | null
  valid: boolean
  active: boolean
  /** 1 is the best; null where it is not eligible. */
  rank: number | null
  /** The first reason why it is not eligible. */
  exclusion: { stage: string; code: string; message: string } | null
  task: string | null
  description: string | null
  /** By the names of the report's metrics; null where the bundle has none. */
  metrics: Readonly<Record<string, ReportValue>>
}

/** A class of the model that serves. */
export interface ReportClass extends ClassMetrics {
  label: string
}

/** What serves, and why. */
export interface ReportServing {
  /** The state of the pointer and of the model that it names. */
  state: 'good' | 'absent' | 'missing' | 'broken'
  /** Why it is not good, as a code and in words. */
  problem: { code: string; message: string } | null
  /** The model that the pointer names, where it can be read. */
  active: string | null
  /** The model that a program that resolves gets now; null where it is refused. */
  serves: string | null
  /** Why such a program is refused. */
  refusal: { code: string; message: string } | null
  /** Why, a sentence each. */
  explanation: readonly string[]
  /** The switch that made it active, where the history has it. */
  switch: SwitchRecord | null
  /** How it does today. */
  today: Standing | null
  /** The nearest in rank: the next after it where it is the best, else the best. `ahead`: that one ranks before it. */
  rival: (Outranking & { ahead: boolean }) | null
  /** The classes of the model that serves, in the order of its labels; none where it has no such figures. */
  classes: readonly ReportClass[]
}

/** A line of the history with its words and figures. */
export interface ReportSwitch extends SwitchRecord {
  /** What it did and why, a sentence each. */
  words: readonly string[]
  /** The model's metrics as they were recorded, else as its bundle has them now; null where neither says. */
  metrics: Readonly<Record<string, number | null>>
}

/** A registry at one moment, as a page about it shows. Read from documents: no model was loaded, no file was compared. */
export interface RegistryReport {
  /** Where the registry is, for people. */
  location: string
  policy: Policy
  metrics: readonly ReportMetric[]
  serving: ReportServing
  /** The eligible by rank, then the others, newest first. */
  models: readonly ReportModel[]
  /** Newest first. */
  history: readonly ReportSwitch[]
  /** What is odd about the history. */
  oddities: readonly (HistoryProblem | HistoryWarning)[]
}
