import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Report, reportDocument } from '@taskclf/documents'
import { writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { binary, taskclf } from './support/taskclf.js'
import { place } from './support/trainers.js'

/** Two models, the better of them active. */
async function active() {
  const { dir, models } = place()
  writeBundle(models, 'old', { metrics: { macro_f1: 0.88 } })
  writeBundle(models, 'new', { metrics: { macro_f1: 0.9 } })
  await taskclf(['model', 'select', '--activate', '--unchecked'], { cwd: dir })
  return { dir, models, page: join(dir, 'registry.html') }
}

describe('report', () => {
  it('writes a page, says where, and replaces the one of before', async () => {
    const { dir, page } = await active()
    const first = await binary(['report'], { cwd: dir })
    expect([first.code, first.stdout, first.stderr]).toEqual([0, `${page}\n`, ''])
    expect(readFileSync(page, 'utf8')).toContain('<title>new serves')
    await taskclf(['model', 'set-active', '--model-id', 'old', '--unchecked'], { cwd: dir })
    expect((await taskclf(['report', '--out', 'registry.html'], { cwd: dir })).code).toBe(0)
    expect(readFileSync(page, 'utf8')).toContain('<title>old serves')
  })

  it('writes the page to standard output, and nothing else', async () => {
    const { dir, page } = await active()
    const { code, stdout } = await binary(['report', '--out', '-'], { cwd: dir })
    expect([code, existsSync(page)]).toEqual([0, false])
    expect(stdout).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/)
  })

  it('prints its data as JSON that its schema accepts, and a page only where one is asked for', async () => {
    const { dir, page } = await active()
    const { json } = await taskclf<Report>(['report', '--json'], { cwd: dir })
    expect(reportDocument.safeParse(json).error?.issues).toBeUndefined()
    expect([json.file, existsSync(page)]).toEqual([null, false])
    expect(json).toMatchObject({
      policy_source: 'default',
      serving: { serves: 'new', rival: { model_id: 'old' } },
    })
    const both = await taskclf<Report>(['report', '--json', '--out', 'registry.html'], { cwd: dir })
    expect([both.json.file, existsSync(page)]).toEqual([page, true])
    const { code, json: refused } = await taskclf<{ error: { code: string } }>(
      ['report', '--json', '--out', '-'],
      { cwd: dir },
    )
    expect([code, refused.error.code]).toEqual([2, 'usage'])
  })

  it('says on standard error what the page says at its top', async () => {
    const { dir, models, page } = await active()
    rmSync(join(models, 'new'), { recursive: true })
    const missing = await binary(['report'], { cwd: dir })
    expect(missing.code).toBe(0)
    expect(missing.stderr).toMatch(/^warning: .*; old serves in its place\n$/)
    expect(readFileSync(page, 'utf8')).toContain('Another model serves in its place')
    writeFileSync(join(models, 'active.json'), '{')
    const broken = await binary(['report'], { cwd: dir })
    expect(broken.code).toBe(0)
    expect(broken.stderr).toMatch(/^warning: .*; nothing serves\n$/)
    expect(readFileSync(page, 'utf8')).toContain('<title>nothing serves')
  })

  it('writes no page where the system does not say what is active, nor over a link', async () => {
    const { dir, models, page } = await active()
    symlinkSync('elsewhere.html', page)
    const linked = await taskclf<{ error: { code: string } }>(
      ['report', '--json', '--out', 'registry.html'],
      { cwd: dir },
    )
    expect([linked.code, linked.json.error.code]).toEqual([3, 'target_is_a_link'])
    rmSync(page)
    rmSync(models, { recursive: true })
    expect((await taskclf(['report'], { cwd: dir })).code).toBe(3)
    expect(existsSync(page)).toBe(false)
  })
})
