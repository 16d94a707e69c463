/** Processes that run in steps, in one order; made anew for each order that is tried. */
export interface Play {
  /** Starts each process up to its first step. */
  start(): Promise<void>
  /** Which processes have a step to take. */
  waiting(): number[]
  /** Lets one take its next step, and go on to where it waits again. */
  step(process: number): Promise<void>
  /** All that can make a difference from here on. */
  state(): string
  /** When nobody has anything left to do: throws when what is there could not be. */
  end(): Promise<void>
}

/** What an exploration went through. */
export interface Explored {
  states: number
  steps: number
  endings: number
  /** 0 when every order was tried. */
  leftOpen: number
}

/** More steps than any order can take: some would never end. */
const MOST_STEPS = 600

/**
 * Tries every order in which processes can take their steps, going on from each state once. Throws, with the order,
 * what is forbidden.
 */
export async function explore(play: () => Play, mostStates = Number.POSITIVE_INFINITY): Promise<Explored> {
  const seen = new Set<string>()
  const explored: Explored = { states: 0, steps: 0, endings: 0, leftOpen: 0 }
  const open: number[][] = [[]]
  // Now the newest, now any: what is far apart is tried early, should not all of it be.
  for (let n = 0; open.length > 0 && seen.size < mostStates; n++) {
    const order = open.splice(n % 2 === 0 ? -1 : (n * 7919) % open.length, 1)[0] as number[]
    const playing = play()
    const taken: number[] = []
    try {
      await playing.start()
      for (const process of order) {
        await playing.step(process)
        taken.push(process)
      }
      while (!seen.has(playing.state())) {
        seen.add(playing.state())
        const [next, ...others] = playing.waiting()
        if (next === undefined) {
          explored.endings++
          await playing.end()
          break
        }
        for (const other of others) open.push([...taken, other])
        taken.push(next)
        await playing.step(next)
        explored.steps++
        if (taken.length > MOST_STEPS) throw new Error('it never ends')
      }
    } catch (error) {
      throw new Error(`${(error as Error).message}; in the order ${taken.join('')}`, { cause: error })
    }
  }
  return { ...explored, states: seen.size, leftOpen: open.length }
}
