import { LightgbmError, parseModel } from '@taskclf/lightgbm'
import { describe, expect, it } from 'vitest'
import { fixtureNames, readFixture } from './fixtures.js'

const END = 'end of trees\n'

function codeOf(bytes: Uint8Array): string {
  try {
    parseModel(bytes)
    return 'parsed'
  } catch (error) {
    if (error instanceof LightgbmError) return error.code
    throw error
  }
}

/** About `count` places spread over a range, each range's last byte among them. */
function places(from: number, to: number, count: number): number[] {
  const step = Math.max(1, Math.floor((to - from) / count))
  return [...Array.from({ length: count }, (_, i) => from + i * step), to - 1].filter((at) => at < to)
}

describe('a model that is cut off is not a model', () => {
  it.each(fixtureNames)('rejects %s', (name) => {
    const { bytes, text } = readFixture(name)
    const trees = Buffer.byteLength(text.slice(0, text.indexOf(`\n${END}`) + 1 + END.length))
    expect(codeOf(bytes)).toBe('parsed')
    // Its last newline is all that may be lacking there.
    for (const at of places(0, trees - 1, 60)) {
      expect(codeOf(bytes.subarray(0, at)), `cut at byte ${at} of its trees`).not.toBe('parsed')
    }
    // Below the trees there are three places where a file may rightly end, and without categories a fourth: below its importances.
    const whole = ['\nend of parameters\n', '\nend of parameters\n\n'].map(
      (mark) => text.indexOf(mark) + mark.length,
    )
    const listed = /^cat_threshold=/m.test(text)
      ? []
      : [0, 1].map((more) => text.indexOf('\n\nparameters:') + 1 + more)
    const ends = [trees + 1, ...[...whole, ...listed].map((at) => Buffer.byteLength(text.slice(0, at)))]
    for (const at of places(trees + 1, bytes.length, 60)) {
      if (ends.includes(at)) continue
      expect(codeOf(bytes.subarray(0, at)), `cut at byte ${at}, below its trees`).toBe('truncated')
    }
  })
})
