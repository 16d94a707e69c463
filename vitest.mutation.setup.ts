import fc from 'fast-check'

// A mutant is caught by the first case that fails: looking for a smaller one would take many times as long.
fc.configureGlobal({ endOnFailure: true })
