/** The names of the files in a bundle. */
export const BUNDLE_FILES = {
  metadata: 'metadata.json',
  metrics: 'metrics.json',
  model: 'model.txt',
  encoders: 'categorical_encoders.json',
  confusionMatrix: 'confusion_matrix.csv',
  manifest: 'manifest.json',
  selfTest: 'self_test.json',
} as const

/** No document above this many bytes is opened. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024
