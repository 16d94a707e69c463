// Mutants in sentences for people say nothing: tests hold codes, never wording. So text with a blank in it is left alone
// (and what is put into it); every other string, error codes and file names among them, is mutated.
// No library: a plugin of Stryker.

const hasBlank = (text) => /\s/.test(text)

export const strykerPlugins = [
  {
    kind: 'Ignore',
    name: 'sentences',
    value: {
      shouldIgnore(path) {
        const isSentence =
          (path.isStringLiteral() && hasBlank(path.node.value)) ||
          (path.isTemplateLiteral() && path.node.quasis.some(({ value }) => hasBlank(value.raw)))
        return isSentence ? 'a sentence for people; tests hold codes' : undefined
      },
    },
  },
]
