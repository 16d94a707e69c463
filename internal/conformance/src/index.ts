export { type Overlay, wrapStore } from './wrap-store.js'
