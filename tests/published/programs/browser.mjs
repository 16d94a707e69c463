// Bundled for a browser: the decisions without a single node: import. `bundles` comes from a server.
import { DEFAULT_POLICY, selectBest, toReportJson } from '@taskclf/selection-policy'

globalThis.select = (bundles) => JSON.stringify(toReportJson(selectBest(bundles, DEFAULT_POLICY, {})))
