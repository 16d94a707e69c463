// The page of `taskclf report` as people open it: from disk, in a browser, under its own policy.
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { lackingChromium, runCli } from '@taskclf/test-kit'
import type { AxeResults } from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { REGISTRIES } from './registries.js'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** Those that differ from the demo only at their top are opened at the ends of what must fit. */
const WIDTHS = { demo: [320, 768, 1280, 1600], large: [320, 768, 1280, 1600], others: [320, 1600] }
const SCHEMES = ['light', 'dark'] as const
const MOST_BYTES = 300_000

const reason = lackingChromium()
const root = realpathSync(mkdtempSync(join(tmpdir(), 'taskclf-pages-')))
let browser: Browser
beforeAll(async () => {
  if (reason !== undefined) return
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })
})
afterAll(async () => {
  await browser?.close()
  rmSync(root, { recursive: true })
})
beforeEach(({ skip }) => {
  if (reason !== undefined) skip(reason)
})

const fileOf = (name: keyof typeof REGISTRIES) => join(root, name, 'registry.html')

/** Opens a page; `said` has what its console and its network said. */
async function open(file: string, width: number, scheme: (typeof SCHEMES)[number]) {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme })
  const said: string[] = []
  page.on('console', (message) => said.push(`console: ${message.text()}`))
  page.on('pageerror', (error) => said.push(`error: ${error.message}`))
  page.on('dialog', (dialog) => said.push(`dialog: ${dialog.message()}`))
  page.on('request', (request) => said.push(`request: ${request.url()}`))
  const url = pathToFileURL(file).href
  await page.goto(url)
  return { page, said, url }
}

/** What axe-core calls serious or critical. */
async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const { violations } = (await page.evaluate('axe.run()')) as AxeResults
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ html }) => `${id}: ${html.slice(0, 120)}`))
}

/** Makes the registry and its page. */
async function makePage(name: keyof typeof REGISTRIES): Promise<void> {
  const cwd = join(root, name)
  mkdirSync(cwd)
  await REGISTRIES[name](cwd)
  const { code, stdout } = await runCli(['report'], { cwd })
  expect([code, stdout]).toEqual([0, `${fileOf(name)}\n`])
}

const NAMES = Object.keys(REGISTRIES) as (keyof typeof REGISTRIES)[]

beforeAll(async () => {
  if (reason !== undefined) return
  for (const name of NAMES) await makePage(name)
}, 180_000)

describe.each(NAMES)('the page of a registry: %s', (name) => {
  const file = fileOf(name)

  it('is at most 300 kB', () => {
    expect(statSync(file).size).toBeLessThanOrEqual(MOST_BYTES)
  })

  describe.each(SCHEMES)('%s', (scheme) => {
    it.each(name === 'demo' || name === 'large' ? WIDTHS[name] : WIDTHS.others)(
      'opens at %i pixels without message, request, overflow or serious finding',
      async (width) => {
        const { page, said, url } = await open(file, width, scheme)
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
        expect(said).toEqual([`request: ${url}`])
        expect(await seriousFindings(page)).toEqual([])
        await page.close()
      },
    )
  })
})

describe('the page', () => {
  it('sorts its table with the keyboard, and says how', async () => {
    const { page, said } = await open(fileOf('large'), 1280, 'light')
    const column = () =>
      page
        .locator('table.models tbody tr td:nth-child(4)')
        .allTextContents()
        .then((texts) => texts.map(Number))
    await page.getByRole('button', { name: 'auc' }).focus()
    await page.keyboard.press('Enter')
    const down = await column()
    expect(down).toEqual(down.toSorted((a, b) => b - a))
    expect(await page.locator('th[aria-sort]').getAttribute('aria-sort')).toBe('descending')
    await page.keyboard.press('Enter')
    expect(await column()).toEqual(down.toSorted((a, b) => a - b))
    // Those without the metric come last, whichever way.
    await page.getByRole('button', { name: 'lift_at_10' }).click()
    expect((await page.locator('table.models tbody tr td:nth-child(6)').allTextContents()).at(-1)).toBe(
      'none',
    )
    expect(said).toHaveLength(1)
    await page.close()
  })

  it('leads from its top to its parts with the keyboard', async () => {
    const { page } = await open(fileOf('demo'), 768, 'dark')
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('To what serves')
    const reached: string[] = []
    for (let i = 0; i < 5; i++) {
      await page.keyboard.press('Tab')
      reached.push(await page.evaluate('document.activeElement.hash'))
    }
    expect(reached).toEqual(['#serving', '#models', '#trends', '#classes', '#history'])
    await page.keyboard.press('Enter')
    expect(page.url()).toMatch(/#history$/)
    await page.close()
  })

  it('fits a sheet of paper', async () => {
    const { page } = await open(fileOf('demo'), 794, 'light')
    await page.emulateMedia({ media: 'print' })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(794)
    await page.close()
  })
})
