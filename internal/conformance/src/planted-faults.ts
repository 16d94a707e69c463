import type { Subject } from './subject.js'
import { type Overlay, wrapStore } from './wrap-store.js'
import { backwards, except, manifestLast, otherBytes, UNTRIED } from './wrong-bundles.js'
import {
  forgetful,
  lostUpdate,
  pointerFirst,
  reordered,
  swallowed,
  tornRead,
  twice,
} from './wrong-pointers.js'

/** A way in which a store is wrong, and cases that must fail by it. */
export interface PlantedFault {
  name: string
  plant: (subject: Subject) => Overlay
  caughtBy: readonly string[]
}

/** A subject whose store is wrong in this way. */
export function planted(fault: PlantedFault, subject: Subject): Subject {
  return { ...subject, store: wrapStore(subject.store, fault.plant(subject)) }
}

/** Ways to be wrong, each with the case that says so. */
export const PLANTED_FAULTS: readonly PlantedFault[] = [
  {
    name: 'lost update',
    plant: () => ({ pointer: lostUpdate }),
    caughtBy: [
      'gives sixteen writers at once sixteen revisions without a gap',
      'lets one of eight writers win who expected the same pointer',
      'loses no withdrawal of several at once',
    ],
  },
  {
    name: 'torn read',
    plant: () => ({ pointer: tornRead() }),
    caughtBy: [
      'never shows a pointer without its line to a reader among writers',
      'never shows a reader a revision lower than before',
    ],
  },
  {
    name: 'reordered history',
    plant: () => ({ pointer: reordered }),
    caughtBy: ['calls every line on the way back from the pointer visible', 'goes back two models at once'],
  },
  {
    name: 'a history without its beginning',
    plant: () => ({ pointer: forgetful }),
    caughtBy: [
      'returns the whole history unless less is enough',
      'gives sixteen writers at once sixteen revisions without a gap',
    ],
  },
  {
    name: 'a pointer that is visible before its line',
    plant: () => ({ pointer: pointerFirst }),
    caughtBy: ['never shows a pointer without its line to a reader among writers'],
  },
  {
    name: 'lines written twice',
    plant: () => ({ pointer: twice }),
    caughtBy: ['writes lines in order, after those that are there'],
  },
  {
    name: 'a switch that is reported and not made',
    plant: () => ({ pointer: swallowed }),
    caughtBy: ['returns what it wrote, what it replaced, and where'],
  },
  {
    name: 'a scan that passes over a bundle',
    plant: () => ({ bundles: except(1) }),
    caughtBy: ['lists two hundred bundles once each', 'makes the best active, and leaves it there'],
  },
  {
    name: 'a scan in another order',
    plant: () => ({ bundles: backwards }),
    caughtBy: ['lists bundles in code-unit order'],
  },
  {
    name: 'a fetch of other bytes',
    plant: (subject) => ({ bundles: otherBytes(subject) }),
    caughtBy: ['keeps two bundles that are fetched at once apart', 'gives a check the bytes that are there'],
  },
  {
    name: 'a fingerprint that never changes',
    plant: () => ({ bundles: () => ({ fingerprint: async () => 'same' }) }),
    caughtBy: [
      'changes a fingerprint with every change of the bundle',
      'serves a broken model once its bundle is put right',
    ],
  },
  {
    name: 'a store that holds everything',
    plant: () => ({ bundles: () => ({ holds: async () => true }) }),
    caughtBy: [
      'holds what it read until that is removed',
      'rejects a bundle that is removed while it is tried',
    ],
  },
  {
    name: 'a bundle that is seen before its manifest',
    plant: (subject) => ({ publisher: manifestLast(subject) }),
    caughtBy: ['shows all of a bundle or nothing to readers meanwhile'],
  },
  {
    name: 'a publisher that does not have the copy tried',
    plant: () => ({ publisher: UNTRIED }),
    caughtBy: [
      'publishes nothing of a copy that is refused',
      'rejects a candidate that fails its check, and publishes nothing of it',
    ],
  },
]
