import { OnnxError } from './errors.js'

/** What `load` gives, unless it takes longer: then what it gives later is disposed of. */
export async function withinTime<T extends { dispose?(): unknown }>(
  load: () => Promise<T>,
  limitMs: number,
  name: string,
): Promise<T> {
  let isLate = false
  let timer: NodeJS.Timeout | undefined
  const loading = load()
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      isLate = true
      reject(new OnnxError('load_timed_out', `${name} was not loaded within ${limitMs} ms`))
    }, limitMs)
  })
  loading.then((loaded) => (isLate ? loaded.dispose?.() : undefined)).catch(() => {})
  try {
    return await Promise.race([loading, late])
  } finally {
    clearTimeout(timer)
  }
}
