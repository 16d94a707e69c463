// The packages are ESM only; every supported Node takes them by require, too.
const { listBundles } = require('@taskclf/registry-core')
const { DEFAULT_POLICY, selectBest } = require('@taskclf/selection-policy')
const policySchema = require('@taskclf/selection-policy/schemas/policy.v1.json')

listBundles('models').then((bundles) => {
  const report = selectBest(bundles, DEFAULT_POLICY, {})
  const again = selectBest(
    report.ranked.map(({ bundle }) => bundle),
    DEFAULT_POLICY,
    {},
  )
  process.stdout.write(
    JSON.stringify({
      best: report.best?.bundle.modelId,
      again: again.best?.bundle.modelId,
      excluded: report.excluded.length,
      schema: policySchema.$id,
    }),
  )
})
