// A registry of our own on loopback: what is published here stays here; everything else is passed on to the registry that
// this machine's npm is configured with.
import { execFileSync, spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const VERDACCIO = fileURLToPath(new URL('../../node_modules/verdaccio/bin/verdaccio', import.meta.url))

/** Starts it with its files in `dir`; answers its address, an environment for npm, and `stop`. */
export async function startRegistry(dir) {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}/`
  writeFileSync(join(dir, 'verdaccio.json'), JSON.stringify(configuration(dir)))
  const child = spawn(
    process.execPath,
    [VERDACCIO, '--config', join(dir, 'verdaccio.json'), '--listen', `127.0.0.1:${port}`],
    { cwd: dir, env: trusting(process.env), stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  const stop = async () => {
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), 5_000)
    await ended
    clearTimeout(timer)
  }
  for (let attempt = 0; ; attempt++) {
    if (child.exitCode !== null) throw new Error(`the registry did not start:\n${said}\n${log(dir)}`)
    const answer = await fetch(`${url}-/ping`).catch(() => undefined)
    if (answer?.ok) break
    if (attempt > 300) {
      await stop()
      throw new Error(`the registry does not answer:\n${said}\n${log(dir)}`)
    }
    await sleep(100)
  }
  return { url, env: npmEnvironment(dir, url), stop, log: () => log(dir) }
}

function configuration(dir) {
  return {
    storage: join(dir, 'storage'),
    auth: { htpasswd: { file: join(dir, 'htpasswd') } },
    uplinks: { upstream: { url: setting('registry'), timeout: '60s', maxage: '1h' } },
    packages: {
      '@taskclf/*': { access: '$all', publish: '$all' },
      taskclf: { access: '$all', publish: '$all' },
      '**': { access: '$all', proxy: 'upstream' },
    },
    log: { type: 'file', path: join(dir, 'registry.log'), level: 'warn' },
  }
}

/** An authority that npm is told to trust, told to Node. */
function trusting(env) {
  const authority = setting('cafile')
  return authority === undefined ? env : { NODE_EXTRA_CA_CERTS: authority, ...env }
}

/** npm with settings of its own and an empty cache, so that nothing but this registry can be the source. */
function npmEnvironment(dir, url) {
  const userconfig = join(dir, 'npmrc')
  const lines = [
    `registry=${url}`,
    // npm does not publish without a token; the registry takes anybody.
    `${url.replace('http:', '')}:_authToken=anybody`,
    `cache=${join(dir, 'npm-cache')}`,
    'audit=false',
    'fund=false',
    'update-notifier=false',
  ]
  writeFileSync(userconfig, `${lines.join('\n')}\n`)
  const inherited = Object.entries(process.env).filter(([key]) => !/^(npm_|NODE_OPTIONS|TASKCLF_)/i.test(key))
  return { ...Object.fromEntries(inherited), npm_config_userconfig: userconfig, NO_COLOR: '1' }
}

function setting(name) {
  const value = execFileSync('npm', ['config', 'get', name], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim()
  return ['', 'null', 'undefined'].includes(value) ? undefined : value
}

function log(dir) {
  try {
    return readFileSync(join(dir, 'registry.log'), 'utf8').slice(-4_000)
  } catch {
    return ''
  }
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  const { port } = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return port
}
