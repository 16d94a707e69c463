// Runs what the pages show, in order, as a reader would: in a copy of the demo, or of the example that the page names, with the built packages installed.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { blocksOf, ELSEWHERE, exampleOf, isRunnable, ROOT, writtenPages } from './code-blocks.js'
import { consoleSteps, shows } from './console-block.js'
import { readersFolder } from './readers-folder.js'
import { runBlock } from './run-block.js'

const pages = writtenPages()

describe.each(pages.filter((page) => ELSEWHERE[page] === undefined && blocksOf(page).some(isRunnable)))(
  '%s',
  (page) => {
    it('runs as written', async () => {
      const cwd = readersFolder(exampleOf(page))
      for (const block of blocksOf(page).filter(({ notRun }) => notRun === undefined)) {
        if (block.file !== undefined) writeFileSync(join(cwd, block.file), block.text)
        else if (isRunnable(block)) await runBlock(block, cwd)
      }
    })
  },
)

it('parses every JSON block', () => {
  const blocks = pages.flatMap(blocksOf).filter(({ language, notRun }) => language === 'json' && !notRun)
  expect(blocks.length).toBeGreaterThan(5)
  for (const { page, line, text } of blocks) expect(() => JSON.parse(text), `${page}:${line}`).not.toThrow()
})

it('names every page that is run elsewhere there', () => {
  for (const [page, test] of Object.entries(ELSEWHERE)) {
    expect(readFileSync(join(ROOT, test), 'utf8')).toContain(page.split('/').at(-1))
  }
})

it('gives the action in the workflow of the CI guide inputs that it has, and reads outputs that it has', () => {
  const action = readFileSync(join(ROOT, 'action.yml'), 'utf8')
  const workflow = blocksOf('docs/guides/ci.md').find(({ language }) => language === 'yaml')?.text ?? ''
  const given = [
    ...(/ {8}with:\n( {10}[\w-]+: .*\n)+/.exec(workflow.split('id: gate')[1] ?? '')?.[0] ?? '').matchAll(
      /^ {10}([\w-]+):/gm,
    ),
  ]
  const read = [...workflow.matchAll(/steps\.gate\.outputs\.(\w+)/g)]
  expect([given.length, read.length]).toEqual([5, 2])
  for (const [, input] of given) expect(action).toMatch(new RegExp(`^ {2}${input}:\\n {4}description`, 'm'))
  for (const [, output] of read) expect(action).toContain(`steps.gate.outputs.${output} }}`)
})

it('compares what a console block shows, with … for what differs from time to time', () => {
  const steps = consoleSteps('$ one \\\n>   two\nsaid\n\nmore\n$ three\n')
  expect(steps).toEqual([
    { command: 'one \\\n  two', shown: 'said\n\nmore' },
    { command: 'three', shown: '' },
  ])
  expect(shows('a … c\n…\nz', 'a b c\nx\ny\nz\n')).toBe(true)
  expect(shows('a … c\n…\nz', 'a b c\nz\n')).toBe(true)
  for (const other of ['a b\nz', 'a b c\nx', 'a b c\nz\nmore', ''])
    expect(shows('a … c\n…\nz', other)).toBe(false)
  expect(shows('', 'anything')).toBe(false)
})
