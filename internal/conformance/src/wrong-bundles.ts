import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BundleReader } from '@taskclf/registry-core'
import { bundleFiles } from './bundle-files.js'
import type { Subject } from './subject.js'
import type { Overlay } from './wrap-store.js'

type OfBundles = NonNullable<Overlay['bundles']>
type OfPublisher = NonNullable<Overlay['publisher']>

/** All but one of the bundles. */
export function except(skip: number): OfBundles {
  return (real) => ({
    scan: async function* (options) {
      let n = 0
      for await (const bundle of real.scan(options)) if (n++ !== skip) yield bundle
    },
  })
}

/** The last bundle first. */
export const backwards: OfBundles = (real) => ({
  scan: async function* (options) {
    const all = []
    for await (const bundle of real.scan(options)) all.unshift(bundle)
    yield* all
  },
})

/** Fetches a copy of which one file is another. */
export const otherBytes =
  ({ candidate }: Subject) =>
  (real: BundleReader): Partial<BundleReader> => ({
    fetch: async (bundle, options) => {
      const fetched = await real.fetch(bundle, options)
      const { path } = fetched.bundle
      const files = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isFile())
      const content = files.map(({ name }) => [name, readFileSync(join(path, name))] as const)
      const copy = candidate({ ...Object.fromEntries(content), 'model.txt': 'another\n' })
      return { ...fetched, bundle: { ...fetched.bundle, path: copy } }
    },
  })

/** A reader sees the files of a bundle before its manifest. */
export const manifestLast =
  ({ putBundle, removeBundle }: Subject): OfPublisher =>
  (real) => ({
    publish: async (bundle, options) => {
      const { modelId } = options
      putBundle(modelId, bundleFiles({ metadata: { model_id: modelId } }))
      await new Promise((resolve) => setTimeout(resolve, 20))
      removeBundle(modelId)
      return real.publish(bundle, options)
    },
  })

/** Has nobody look at the copy. */
export const UNTRIED: OfPublisher = (real) => ({
  publish: async (bundle, options) => {
    const published = await real.publish(bundle, { ...options, tryCopy: async () => {} })
    return published
  },
})
