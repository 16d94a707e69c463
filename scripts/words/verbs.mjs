// What a test's name may begin with. A verb that is not here yet is added; a noun is not.
// No library: a tagger of parts of speech takes "rows" for a verb.

export const VERBS = new Set(
  `
  activates adds adopts agrees aligns annotates answers appears appends asks belongs blames breaks brings bundles calls carries changes checks chooses closes colours compares completes copies costs counts cuts decides derives does doubles drops ends escapes excludes fails fetches files fills finds finishes fits floods folds follows forks gets gives goes grows guesses hangs has hashes hears holds inspects installs is judges keeps keys knows lays learns leaves lets lies lines lists loads looks loses makes measures misses names needs obeys offers opens orders overtakes passes predicts prefers prints probes promotes proposes publishes puts quotes ranks reaches readmits reads records recovers refuses rejects removes repairs replaces reports resolves runs says scans sees serves sets ships shortens shows sorts spells splits stages starts stays stops succeeds survives switches syncs takes tells throws tolerates trains tries turns unpacks uses verifies waits warns was watches withdraws works writers writes 
  exits explains marks links mints places labels contains accepts
  `
    .trim()
    .split(/\s+/),
)
