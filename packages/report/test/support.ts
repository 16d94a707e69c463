import { createHash } from 'node:crypto'
import type { Report } from '@taskclf/documents'
import { renderReport } from '../src/index.js'

type Model = Report['models'][number]
type Switch = Report['history'][number]

export const sha256 = (text: string) => createHash('sha256').update(text).digest('base64')

export const pageOf = (over: Partial<Report> = {}) => renderReport(reportOf(over), { sha256 })

export function modelOf(id: string, over: Partial<Model> = {}): Model {
  return {
    model_id: id,
    status: 'valid',
    active: false,
    created_at: '2026-03-01T00:00:00Z',
    created_at_utc: '2026-03-01T00:00:00Z',
    task: 'classification',
    description: null,
    eligible: true,
    rank: 1,
    exclusion: null,
    metrics: { auc: 0.8 },
    ...over,
  }
}

export function switchOf(id: string, over: Partial<Switch> = {}): Switch {
  return {
    line: 1,
    state: 'visible',
    revision: 1,
    at: '2026-03-02T00:00:00Z',
    at_utc: '2026-03-02T00:00:00Z',
    actor: 'ci',
    source: 'promotion',
    note: null,
    model_id: id,
    previous_model_id: null,
    score: null,
    decision: null,
    words: [`${id} was made active.`, 'Nothing was active before.'],
    metrics: { auc: 0.8 },
    ...over,
  }
}

/** A registry of two models ranked by auc, the better of them active. */
export function reportOf(over: Partial<Report> = {}): Report {
  return {
    taskclf: '0.1.0',
    generated_at: '2026-04-01T12:00:00.000Z',
    models_dir: '/srv/churn/models',
    file: null,
    policy_source: 'churn.policy.json',
    policy_digest: 'ab12cd34ef56ab12',
    policy: {
      version: 1,
      gates: [{ metric: 'auc', min: 0.7 }],
      rank_by: [{ metric: 'auc', order: 'desc' }],
      min_improvement: 0.001,
      regression_tolerance: 0.01,
      same_eval_dataset: false,
    },
    metrics: [{ name: 'auc', order: 'desc', better: 'higher', bounds: [{ min: 0.7 }] }],
    serving: servingOf(),
    models: [
      modelOf('run-b', { active: true, metrics: { auc: 0.85 }, created_at_utc: '2026-03-09T00:00:00Z' }),
      modelOf('run-a', { rank: 2 }),
    ],
    history: [
      switchOf('run-b', { line: 2, revision: 2, previous_model_id: 'run-a', metrics: { auc: 0.85 } }),
      switchOf('run-a'),
    ],
    oddities: [],
    ...over,
  }
}

export function servingOf(over: Partial<Report['serving']> = {}): Report['serving'] {
  return {
    state: 'good',
    problem: null,
    active: 'run-b',
    serves: 'run-b',
    refusal: null,
    explanation: ['run-b was made active.', 'Today it is the best of 2 eligible.'],
    switch: switchOf('run-b', { line: 2, revision: 2, previous_model_id: 'run-a' }),
    today: {
      eligible: true,
      rank: 1,
      of: 2,
      score: { auc: 0.85 },
      gates: [{ metric: 'auc', min: 0.7, value: 0.85, derived: false, passed: true }],
      reasons: [],
    },
    rival: { model_id: 'run-a', metric: 'auc', theirs: 0.8, its: 0.85, gap: '0.05', ahead: false },
    classes: [],
    ...over,
  }
}

/** What a reader sees: the page without its markup, style and script. */
export function textOf(page: string): string {
  return page
    .replace(/<(style|script)>[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
}
