// No library: data.

/** The tables of codes: the export, what carries its codes, and the package. A page lists them in this order. */
const TABLES = [
  ['CLI_ERRORS', 'the command line', 'taskclf'],
  ['FLAGS_ERRORS', 'words and flags', 'taskclf'],
  ['SETTINGS_ERRORS', 'settings', 'taskclf'],
  ['BUNDLE_PROBLEMS', 'a problem of a bundle', '@taskclf/registry-core'],
  ['BUNDLE_WARNINGS', 'a warning of a bundle', '@taskclf/registry-core'],
  ['REGISTRY_ERRORS', '`RegistryError`', '@taskclf/registry-core'],
  ['ACTIVE_POINTER_ERRORS', '`ActivePointerError`', '@taskclf/active-pointer'],
  ['RESOLVE_ERRORS', '`ResolveError`', '@taskclf/infer-resolver'],
  ['RELOAD_ERRORS', '`ReloadError`', '@taskclf/infer-resolver'],
  ['PREDICTOR_ERRORS', '`PredictorError`', '@taskclf/predictor'],
  ['LIGHTGBM_ERRORS', '`LightgbmError`', '@taskclf/lightgbm'],
  ['ONNX_ERRORS', '`OnnxError`', '@taskclf/onnx'],
  ['DATASET_ERRORS', '`DatasetError`', '@taskclf/dataset'],
  ['PROMOTION_ERRORS', '`PromotionError`', '@taskclf/promotion'],
  ['REGISTRY_USE_ERRORS', '`RegistryUseError`', '@taskclf/registry'],
  ['RUNS_ERRORS', '`RunsError`', '@taskclf/runs'],
  ['RUN_FAILURES', "a run's outcome", '@taskclf/runs'],
  ['DURABLE_FS_ERRORS', '`DurableFsError`', '@taskclf/durable-fs'],
  ['GATE_ANSWERS', 'a gate that did not pass', '@taskclf/selection-policy'],
  ['INCOMPATIBLE_ANSWERS', 'a bundle that does not fit', '@taskclf/selection-policy'],
  ['EXCLUSION_ANSWERS', 'a bundle that is passed over', '@taskclf/selection-policy'],
  ['REGRESSION_ANSWERS', 'a comparison with the champion', '@taskclf/selection-policy'],
  ['SWITCH_ANSWERS', 'a decision about switching', '@taskclf/selection-policy'],
  ['POINTER_PROBLEMS', 'why active.json cannot be used', '@taskclf/active-pointer'],
]

/** Each table with what carries its codes; `table` is code → `{ what, hint, page }`. */
export function codeLists(declarations) {
  return TABLES.map(([name, carrier, packageName]) => {
    const table = declarations[name]
    if (table === undefined) throw new Error(`${packageName} exports no ${name}`)
    return { name, carrier, packageName, table }
  })
}
