import { declare } from '../../command.js'

export const report = declare({
  path: ['report'],
  summary:
    'Make a page of the registry: what serves and why, models, trends, history; one HTML file, no network',
  flags: {
    out: { type: 'string', value: 'FILE', describe: 'Where to write it, or - (default registry.html)' },
  },
  examples: [
    ['taskclf report', 'registry.html, to be opened from disk'],
    ['taskclf report --out - > page.html', 'the page on standard output'],
    ['taskclf report --json', 'its data, and no page'],
  ],
})
