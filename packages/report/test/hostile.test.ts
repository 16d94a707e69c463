// Names come from files: whatever they are, the page says them and does not do them.
import { build } from 'esbuild'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeHtml } from '../src/html.js'
import { modelOf, pageOf, servingOf, switchOf } from './support.js'

const HOSTILE = [
  '<script>alert(1)</script>',
  '</script><img src=x onerror=alert(1)>',
  '</style><style>*{display:none}',
  '</title><svg onload=alert(1)>',
  `" onmouseover="alert(1)`,
  `' autofocus onfocus='alert(1)`,
  '--><b>bold</b><!--',
  '&lt;i&gt;',
  ']]><x/>',
  '"}*{color:red}@import "//x";a{content:"',
  '\u202egnp.exe\u2066\u2069',
  'zero\u200bwidth\u0000nul\ud800lone',
  '__proto__',
  'constructor',
]

/** A page on which every text that comes from a file is this one. */
function pageFull(text: string): string {
  const reason = { stage: text, code: text, message: text }
  const gate = { metric: text, equals: text, value: text, derived: false, passed: false }
  const made = switchOf(text, {
    at: text,
    at_utc: null,
    actor: text,
    source: text,
    note: text,
    state: text,
    previous_model_id: text,
    words: [text, text, text],
    metrics: { [text]: 0.5 },
    decision: {
      kind: text,
      policy_digest: text,
      code: text,
      message: text,
      score: null,
      gates: [],
      incumbent: null,
      runner_up: null,
      gain: text,
      required: null,
      eligible: null,
      excluded: {},
      forced: [],
      promoted: text,
    },
  })
  return pageOf({
    taskclf: text,
    generated_at: text,
    models_dir: text,
    policy_source: text,
    policy_digest: text,
    policy: {
      version: 1,
      name: text,
      gates: [{ metric: text, equals: text }],
      rank_by: [{ metric: text, order: 'desc', optional: true }],
      same_eval_dataset: true,
    },
    metrics: [
      { name: text, order: 'desc', better: 'higher', bounds: [{ equals: text }] },
      { name: 'text', order: null, better: null, bounds: [{ equals: text }] },
    ],
    models: [
      modelOf(text, {
        task: 'classification',
        description: text,
        created_at: text,
        eligible: false,
        rank: null,
        exclusion: reason,
        metrics: { [text]: 0.5, text },
      }),
      modelOf(text, { created_at: text, created_at_utc: null, task: text }),
    ],
    history: [{ ...made, state: 'visible' }, made],
    serving: servingOf({
      state: 'missing',
      problem: { code: text, message: text },
      active: text,
      serves: text,
      explanation: [text],
      switch: made,
      today: { eligible: false, rank: null, of: 1, score: null, gates: [gate], reasons: [reason] },
      rival: { model_id: text, metric: text, theirs: text, its: text, gap: text, ahead: true },
      classes: [{ label: text, precision: 0.5, recall: 0.5, f1: 0.5, support: 1 }],
    }),
    oddities: [{ code: text, message: text }],
  })
}

/** The skeleton of a page: its tags with the names of their attributes, without what they contain. */
function skeletonOf(page: string): string {
  return (page.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '<$1></$1>').match(/<!?[^>]*>/g) ?? [])
    .map((tag) => tag.replace(/="[^"]*"/g, '='))
    .filter((tag) => !/^<\/?wbr/.test(tag))
    .join('')
}

const PLAIN = skeletonOf(pageFull('plain'))
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u

describe('hostile text', () => {
  it.each(HOSTILE)('adds no tag and no attribute: %j', (text) => {
    const page = pageFull(text)
    expect(skeletonOf(page)).toBe(PLAIN)
    expect(page.match(/<script/g)).toHaveLength(1)
    expect(page.match(/<\/style/g)).toHaveLength(1)
    expect(HIDDEN.test(page.replaceAll('\n', ''))).toBe(false)
  })

  it('leaves the page as it is, whatever the text', () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(text, (any) => {
        const page = pageFull(`x${any}`)
        expect(skeletonOf(page)).toBe(PLAIN)
        expect(HIDDEN.test(page.replaceAll('\n', ''))).toBe(false)
      }),
      { numRuns: 60 },
    )
  })

  it('ends no string and no rule of the style', () => {
    for (const text of HOSTILE) {
      const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(pageFull(text)) ?? []
      const contents = style.match(/content:"[^"]*"/g) ?? []
      expect(contents.some((each) => /[<>{}@]/.test(each))).toBe(false)
      expect(style.split('{').length).toBe(style.split('}').length)
    }
  })

  it('is shown, not dropped', () => {
    expect(pageFull('<b>')).toContain('&lt;b&gt;')
    expect(escapeHtml('\u202e"\'')).toBe('\\u{202e}&quot;&#39;')
  })
})

it('needs nothing of Node', async () => {
  const { outputFiles } = await build({
    entryPoints: [new URL('../src/index.ts', import.meta.url).pathname],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'esm',
    external: ['node:*'],
    logLevel: 'silent',
  })
  expect(outputFiles[0]?.text).not.toMatch(/node:|require\(/)
})
