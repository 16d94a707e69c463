import { EXHAUSTIVE, type Fault, instrument, sampled, seededRandom } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import {
  type Disk,
  diskFor,
  goOn,
  newRegistry,
  outcomeOf,
  pointerText,
  SCENARIOS,
} from './faults-scenarios.js'

const SURVIVALS = EXHAUSTIVE ? 12 : 4

/** Every fault of the table; `short` means the first half is taken, then the device is full. */
const FAULTS: [name: string, at: (step: number) => ReadonlyMap<number, Fault>][] = [
  ['kill', (step) => new Map([[step, 'kill']])],
  ...['ENOSPC', 'EIO', 'EACCES', 'EROFS'].map(
    (errno): [string, (step: number) => ReadonlyMap<number, Fault>] => [
      errno,
      (step) => new Map([[step, { errno }]]),
    ],
  ),
  ['short', (step) => new Map([[step, 'short']])],
  [
    'short+ENOSPC',
    (step) =>
      new Map<number, Fault>([
        [step, 'short'],
        [step + 1, { errno: 'ENOSPC' }],
      ]),
  ],
]

const survivors = (disk: Disk, random: () => number, count: number): Disk[] =>
  Array.from({ length: count }, (_, i) => disk.crash(random, i % 2 === 0 ? 'any' : 'journal'))

describe('power loss', () => {
  it.each(SCENARIOS)(
    'keeps its promises through $name: at every step, whatever survives',
    async (scenario) => {
      const registry = await newRegistry()
      const random = seededRandom(1)
      const crashed: { step: string; disk: Disk }[] = []
      let recording = false
      const disk = await diskFor(scenario, registry, (_, name) => {
        if (!recording) return
        for (const survivor of survivors(disk, random, SURVIVALS))
          crashed.push({ step: name, disk: survivor })
      })
      const before = pointerText(disk, registry)
      recording = true
      await scenario.act(registry, disk.fileSystem)
      recording = false
      const after = pointerText(disk, registry)
      expect(crashed.length).toBeGreaterThan(20 * SURVIVALS)
      const seen = { old: 0, new: 0 }
      for (const { disk: survivor } of crashed) {
        seen[outcomeOf(survivor, registry, before, after)]++
        await goOn(survivor, registry)
      }
      // What was answered as switched stays switched.
      for (const survivor of survivors(disk, random, 5 * SURVIVALS)) {
        expect(pointerText(survivor, registry)).toBe(after)
        await goOn(survivor, registry)
      }
      expect(Math.min(seen.old, seen.new)).toBeGreaterThan(0)
    },
  )

  it.each(SCENARIOS)(
    'keeps its promises through $name: also after a first attempt that failed at any step',
    async (scenario) => {
      const registry = await newRegistry()
      const random = seededRandom(2)
      const steps = await countSteps(scenario)
      for (const [nth, [, faults]] of FAULTS.entries()) {
        for (const step of sampled([...Array(steps).keys()], nth, FAULTS.length)) {
          const crashed: Disk[] = []
          let recording = false
          const disk = await diskFor(scenario, registry, () => {
            if (recording) crashed.push(...survivors(disk, random, 1))
          })
          const first = pointerText(disk, registry)
          await scenario.act(registry, instrument(disk.fileSystem, faults(step)).fileSystem).catch(() => {})
          recording = true
          await scenario.act(registry, disk.fileSystem).catch(nothingLeftToRollBackTo)
          for (const survivor of crashed) {
            // Where the first attempt's last sync failed, its own switch is a third pointer that may be found.
            outcomeOf(survivor, registry, first, undefined)
            await goOn(survivor, registry)
          }
        }
      }
    },
    240_000,
  )
})

describe('the step × fault table', () => {
  it.each(SCENARIOS)('has no forbidden outcome for $name', async (scenario) => {
    const registry = await newRegistry()
    const random = seededRandom(3)
    const names = await stepNames(scenario)
    const table: string[][] = [['step', ...FAULTS.map(([name]) => name), 'power loss']]
    for (const [step, name] of names.entries()) {
      const row = [`${step} ${name}`]
      for (const [, faults] of FAULTS) row.push(await outcomeUnder(scenario, registry, faults(step), random))
      row.push(await outcomesOfPowerLoss(scenario, registry, step, random))
      table.push(row)
    }
    process.stdout.write(`\n${scenario.name}\n${format(table)}\n`)
    expect(table.length).toBe(names.length + 1)
    expect(table.flat().filter((cell) => cell.includes('forbidden'))).toEqual([])
  })
})

type Scenario = (typeof SCENARIOS)[number]

async function stepNames(scenario: Scenario): Promise<string[]> {
  const registry = await newRegistry()
  const disk = await diskFor(scenario, registry)
  const counted = instrument(disk.fileSystem)
  await scenario.act(registry, counted.fileSystem)
  return counted.steps
}

const countSteps = async (scenario: Scenario): Promise<number> => (await stepNames(scenario)).length

/** A rollback whose first attempt did go through may have nowhere left to go. */
function nothingLeftToRollBackTo(error: { code?: string }): void {
  if (error.code !== 'nothing_to_roll_back_to') throw error
}

async function outcomeUnder(
  scenario: Scenario,
  registry: Awaited<ReturnType<typeof newRegistry>>,
  faults: ReadonlyMap<number, Fault>,
  random: () => number,
): Promise<string> {
  const disk = await diskFor(scenario, registry)
  const before = pointerText(disk, registry)
  const faulty = instrument(disk.fileSystem, faults)
  const said = await scenario.act(registry, faulty.fileSystem).then(
    () => 'done',
    (error: { code: string; cause?: unknown }) => {
      if (!faulty.killed) expect(error.cause).toBeDefined()
      return faulty.killed ? 'killed' : error.code
    },
  )
  const outcome = outcomeOf(
    disk,
    registry,
    before,
    pointerText(disk, registry) === before ? undefined : pointerText(disk, registry),
  )
  if (said === 'done' || said === 'durability_unknown') expect(outcome).toBe('new')
  else if (said !== 'killed') expect(outcome).toBe('old')
  for (const survivor of survivors(disk, random, 4)) {
    if (said === 'done') expect(pointerText(survivor, registry)).toBe(pointerText(disk, registry))
    await goOn(survivor, registry)
  }
  await goOn(disk, registry)
  return `${outcome}: ${said}`
}

async function outcomesOfPowerLoss(
  scenario: Scenario,
  registry: Awaited<ReturnType<typeof newRegistry>>,
  step: number,
  random: () => number,
): Promise<string> {
  const disk = await diskFor(scenario, registry)
  const before = pointerText(disk, registry)
  const victim = instrument(disk.fileSystem, new Map<number, Fault>([[step, 'kill']]))
  await scenario.act(registry, victim.fileSystem).catch(() => {})
  const now = pointerText(disk, registry)
  const seen = new Set<string>()
  for (const survivor of survivors(disk, random, SURVIVALS)) {
    seen.add(outcomeOf(survivor, registry, before, now === before ? undefined : now))
    await goOn(survivor, registry)
  }
  return [...seen].sort().join(' or ')
}

function format(rows: string[][]): string {
  const widths = (rows[0] as string[]).map((_, i) =>
    Math.max(...rows.map((row) => (row[i] as string).length)),
  )
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] as number))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
