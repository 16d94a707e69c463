// yargs brings three copies of string-width, whose tables take longer to load than all the rest of it. Ours stands in for them.
// biome-ignore lint/style/noDefaultExport: what it stands in for has one
export { displayWidth as default } from '../src/render/escape.ts'
