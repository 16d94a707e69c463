import { didYouMean, nearestName } from '@taskclf/errors'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

describe('nearestName', () => {
  it.each<[string, string[], string | undefined]>([
    ['gats', ['gates'], 'gates'],
    ['min', ['max', 'men'], 'men'],
    ['mni', ['min'], 'min'],
    ['nmi', ['min', 'max'], 'min'],
    ['abcd', ['abef'], undefined],
    ['abcde', ['abcfg'], 'abcfg'],
    ['abcde', ['abfgh'], undefined],
    ['rank_yb', ['rank_by'], 'rank_by'],
    ['arnk_yb', ['rank_by'], undefined],
    ['rnak_yb_', ['rank_by'], undefined],
    ['GATES', ['gates'], 'gates'],
    ['version', ['versions', 'version'], 'version'],
    ['versio', ['versiox', 'version'], 'versiox'],
    ['abcdefgh', ['abcde'], undefined],
    ['abcde', ['abcdefgh'], undefined],
    ['abcdefg', ['abcde'], 'abcde'],
    ['', ['a', 'ab'], 'a'],
    ['x', [], undefined],
    ['ab', ['ba'], 'ba'],
    ['abc', ['cab'], 'cab'],
    ['xaby', ['xbay'], 'xbay'],
    ['ca', ['abc'], undefined],
  ])('finds for %j among %j the name %j', (text, known, expected) => {
    expect(nearestName(text, known)).toBe(expected)
  })

  it('finds a name after any one slip of the finger', () => {
    const name = fc.constantFrom('gates', 'rank_by', 'min_improvement', 'regression_tolerance')
    fc.assert(
      fc.property(
        name,
        fc.nat(),
        fc.constantFrom('drop', 'double', 'swap', 'change'),
        (meant, where, slip) => {
          const at = where % (meant.length - 1)
          const typed = {
            drop: meant.slice(0, at) + meant.slice(at + 1),
            double: meant.slice(0, at) + meant[at] + meant.slice(at),
            swap: meant.slice(0, at) + meant[at + 1] + meant[at] + meant.slice(at + 2),
            change: `${meant.slice(0, at)}#${meant.slice(at + 1)}`,
          }[slip]
          expect(nearestName(typed, [meant])).toBe(meant)
        },
      ),
    )
  })
})

describe('didYouMean', () => {
  it('ends a sentence with the nearest name, or with nothing', () => {
    expect(didYouMean('trian', ['model', 'train'])).toBe('; did you mean train?')
    expect(didYouMean('zzzzzz', ['model', 'train'])).toBe('')
  })
})
