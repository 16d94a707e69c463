import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from './code-blocks.js'

// VitePress looks for links that lead nowhere, and not for pages that no link leads to.
it.each(['docs/guides', 'docs', 'docs/reference'])('has every page of %s in the sidebar', (dir) => {
  const config = readFileSync(join(ROOT, 'docs/.vitepress/config.mts'), 'utf8')
  const pages = readdirSync(join(ROOT, dir)).filter((file) => /^(?!index).*\.md$/.test(file))
  expect(pages.length).toBeGreaterThan(3)
  expect(pages.filter((file) => !config.includes(`'${file.replace('.md', '')}'`))).toEqual([])
})
