// The crontab and the units of docs/guides/cron-and-systemd.md: what they start is started, and systemd is asked what it makes of them.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lacking } from '@taskclf/test-kit'
import { expect, it } from 'vitest'
import { blocksOf } from './code-blocks.js'
import { readersFolder } from './readers-folder.js'
import { typeLines } from './type-console.js'

const FILES = blocksOf('docs/guides/cron-and-systemd.md').filter(({ file }) => file !== undefined)
const textOf = (name: string) => FILES.find(({ file }) => file === name)?.text ?? ''

/** A reader's folder in place of /srv/churn, with every file of the page. */
function folder(): string {
  const cwd = readersFolder('examples/churn')
  for (const { file, text } of FILES)
    writeFileSync(
      join(cwd, file as string),
      text.replaceAll('/srv/churn', cwd).replaceAll('/usr/bin/node', process.execPath),
    )
  return cwd
}

it('runs the commands of the crontab, which print nothing while all is well', async () => {
  const cwd = folder()
  const lines = [...textOf('churn.cron').matchAll(/^(?:\S+ ){5}(cd .+)$/gm)].map(([, line]) => line as string)
  expect(lines).toHaveLength(2)
  expect((await typeLines('mkdir registry', cwd)).code).toBe(0)
  for (const line of [...lines, ...lines])
    expect(await typeLines(line.replaceAll('/srv/churn', cwd), cwd)).toMatchObject({ code: 0, both: '' })
  await typeLines('rm -r registry/2*', cwd)
  expect((await typeLines((lines[1] as string).replaceAll('/srv/churn', cwd), cwd)).both).toContain(
    'active_bundle_missing',
  )
})

it('starts what the service starts, which trains and promotes', async () => {
  const cwd = folder()
  const [, start] = /^ExecStart=(.+)$/m.exec(textOf('churn-retrain.service')) ?? []
  const { code, stdout } = await typeLines(`mkdir registry; ${start}`, cwd)
  expect([code, stdout]).toEqual([0, expect.stringContaining('promoted: published, and the active model')])
})

it('has units that systemd accepts', ({ skip }) => {
  const reason = lacking('systemd-analyze', ['--version'])
  if (reason) skip(reason)
  const units = FILES.map(({ file }) => file as string).filter((name) => /\.(service|timer)$/.test(name))
  expect(units).toHaveLength(3)
  const cwd = folder()
  const verify = (text?: string) => {
    if (text !== undefined) writeFileSync(join(cwd, 'churn.service'), text)
    const { stderr } = spawnSync('systemd-analyze', ['verify', ...units.map((name) => join(cwd, name))], {
      encoding: 'utf8',
    })
    return stderr.split('\n').filter((line) => line.includes(cwd) || line.startsWith('churn'))
  }
  expect(verify()).toEqual([])
  expect(verify('[Service]\nExecStart=relative\nRestrat=always\n')).not.toEqual([])
})
