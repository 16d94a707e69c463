// What a test's name may begin with. A verb that is not here yet is added; a noun is not.
// No library: a tagger of parts of speech takes "rows" for a verb.

export const VERBS = new Set(
  `
  applies creates recognizes accepts accounts activates adds adopts agrees aligns allocates allows annotates answers appears appends asks
  begins belongs blames breaks brings bundles calls cancels cannot carries changes checks chooses closes
  colours compares completes computes considers contains copies costs counts covers cuts decides derives
  describes differs distinguishes does doubles draws drops encodes ends escapes excludes exits expects explains
  exports fails falls fetches files fills finds finishes fits floods folds follows forks fuzzes gets gives
  goes grows guesses hangs has hashes hears ignores inspects installs is judges keeps keys knows labels leads
  learns leaves lets lines links lists loads looks loses makes marks measures misses names needs notes notices
  obeys offers opens orders overtakes parses passes places plants predicts prefers prints probes promotes
  proposes publishes puts quotes ranks reaches readmits reads records recovers refuses rejects releases
  removes renders repairs replaces reports requires resolves returns rounds runs says scans sees selects sends
  serves sets shares ships shortens shows skips sorts spells splits stages starts stays stops subtracts
  succeeds sums survives swaps switches syncs tails takes throws tolerates trains tries truncates turns
  unpacks uses verifies waits walks warns was watches withdraws works writes
  `
    .trim()
    .split(/\s+/),
)
