export const room = {
  change: 'a page of the docs',
  edits: {
    'docs/.vitepress/config.mts': [
      [
        `          'repairing',
`,
        `          'repairing',
          'backups',
`,
      ],
    ],
  },
  adds: {
    'docs/guides/backups.md': `# Backups

Copy the models dir while nothing is promoted; see [repairing](repairing.md) for what a copy may lack.
`,
  },
  generates: [],
  writes: [],
  tests: ['tests/docs/pages.test.ts'],
  half: {
    without: 'docs/.vitepress/config.mts',
    check: 'tests/docs/pages.test.ts',
    says: 'backups',
  },
}
