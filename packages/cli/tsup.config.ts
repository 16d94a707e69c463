import { defineConfig } from 'tsup'
import { base } from '../../tsup.base.js'

// Commands are loaded lazily, so each becomes a chunk of its own; json-schemas is read by the schema generator.
export default defineConfig({ ...base, entry: ['src/bin.ts', 'src/json-schemas.ts'], dts: false })
