// Loaded into a measured process: leaves its peak memory, in KiB, in the file named by TASKCLF_BENCH_PEAK.
import { writeFileSync } from 'node:fs'

process.on('exit', () => {
  const file = process.env.TASKCLF_BENCH_PEAK
  if (file !== undefined) writeFileSync(file, String(process.resourceUsage().maxRSS))
})
