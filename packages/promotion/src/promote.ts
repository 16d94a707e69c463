import { readWithdrawn } from '@taskclf/active-pointer'
import { messageOf } from '@taskclf/errors'
import { collectBundles, mayServe, runChecks } from '@taskclf/registry-core'
import { findPublished } from './already-published.js'
import { withIoErrors } from './environment.js'
import { PromotionError } from './errors.js'
import { type Judgement, judge, judgePublished, publishedAs, refused, warned } from './judge.js'
import { openContext, type PromoteOptions, type PromotionContext } from './options.js'
import { CheckRefusal, publishCandidate, stagedOf } from './publish-candidate.js'
import { refreshIndex as refreshIndexFile } from './refresh-index.js'
import type { PromotionResult, PromotionWarning, PublishedBundle } from './result.js'
import { rehearseSwitch, selectNow, switchToBest } from './switch-to-best.js'
import { toPromotionJson } from './to-promotion-json.js'

/**
 * Promotes a candidate if it earns its place: validate → metrics and gates on the candidate alone → champion → regression check →
 * publish → select and switch. A refusal is an answer (`outcome: 'rejected'`, with every reason), and the candidate is
 * kept in `rejected_models/` beside the models dir. A candidate whose files are published already is not published twice,
 * and goes on to the selection; an error is something that kept the question from being answered.
 *
 * @throws PromotionError; without `result` nothing was published. RegistryError when the models dir cannot be opened.
 * @example
 * ```ts
 * const result = await promote({ candidateDir: 'candidate', modelsDir: 'models', actor: 'ci' })
 * if (result.outcome === 'rejected') console.error(result.rejection?.reasons)
 * ```
 */
export async function promote(options: PromoteOptions): Promise<PromotionResult> {
  const context = openContext(options)
  return withIoErrors(() => decide(context, options))
}

async function decide(context: PromotionContext, options: PromoteOptions): Promise<PromotionResult> {
  const judgement = await judge(context, options.candidateDir)
  if (judgement.result.rejection) return refuse(context, judgement)
  if (options.dryRun) return rehearse(context, judgement)
  const published = await publish(context, judgement)
  if (published.rejection) return refuse(context, { ...judgement, result: published })
  context.enter('select')
  const settled = await switchToBest(context, published, judgement.seen)
  return refreshIndex(context, settled)
}

async function refuse(context: PromotionContext, { candidate, result }: Judgement): Promise<PromotionResult> {
  if (result.dryRun) return result
  context.enter('reject')
  const { modelId } = result.candidate
  const json = `${JSON.stringify(toPromotionJson(result), null, 2)}\n`
  try {
    const rejectedDir = await context.store.publisher.keepRejected(stagedOf(candidate), { modelId, json })
    return { ...result, rejectedDir }
  } catch (error) {
    // The answer is the same whether or not the candidate could be kept.
    const message = `the rejected candidate was not kept: ${messageOf(error)}`
    return { ...result, warnings: warned(result, { code: 'rejected_not_kept', message }) }
  }
}

/** The selection as it would be with the candidate in the models dir. */
async function rehearse(context: PromotionContext, judgement: Judgement): Promise<PromotionResult> {
  const { existing } = judgement
  const checked = await rehearseChecks(context, judgement)
  if (checked.rejection) return checked
  context.enter('select')
  const result = existing ? { ...checked, warnings: warned(checked, alreadyPublished(existing)) } : checked
  const asIf = existing ? undefined : result.candidate.bundle
  const selected = await selectNow(context, judgement.seen, asIf)
  await rehearseSwitch(context, result, selected)
  const { active, report, decision } = selected
  const activeModelId = active.status === 'valid' ? active.modelId : undefined
  return {
    ...result,
    outcome: 'dry_run',
    selection: { report, decision },
    ...(activeModelId !== undefined && { activeModelId }),
  }
}

/** In a dry run nothing is staged: the candidate is tried where it is. */
async function rehearseChecks(
  context: PromotionContext,
  { candidate, result, existing }: Judgement,
): Promise<PromotionResult> {
  const { checks } = context.settings
  if (checks === undefined || existing) return result
  context.enter('check')
  const { result: found } = await runChecks(candidate.bundle, checks)
  if (mayServe(found, checks) || !('code' in found)) return { ...result, checks: found }
  return refused(result, new CheckRefusal(found))
}

async function publish(
  context: PromotionContext,
  { candidate, result, existing }: Judgement,
): Promise<PromotionResult> {
  if (existing) return publishedBefore(result, existing)
  context.enter('publish')
  try {
    const { modelId } = result.candidate
    const { checks, ...published } = await publishCandidate(context.store, candidate, modelId, context.io)
    return { ...withPublished(result, published), checks }
  } catch (error) {
    if (error instanceof CheckRefusal) return refused(result, error)
    if (!(error instanceof PromotionError)) throw error
    // Another promotion of the same candidate may have been faster.
    const same = error.code === 'id_taken' && !context.settings.again
    const found = same ? findPublished(await collectBundles(context.store.bundles), candidate) : undefined
    if (found) {
      const tried = await judgePublished(context, candidate, found, result)
      return tried.rejection ? tried : publishedBefore(tried, publishedAs(found, candidate))
    }
    if (error.code !== 'durability_unknown') throw error
    const { code, message, details, cause } = error
    const modelId = String(details.modelId)
    const published = {
      modelId,
      path: String(details.path),
      bundleDigest: candidate.digest,
    }
    throw new PromotionError(code, message, { cause, details, result: withPublished(result, published) })
  }
}

/** The way goes on to the selection: so a promotion that was killed is finished by running it again. */
function publishedBefore(result: PromotionResult, existing: PublishedBundle): PromotionResult {
  return withPublished({ ...result, warnings: warned(result, alreadyPublished(existing)) }, existing)
}

function alreadyPublished({ modelId }: PublishedBundle): PromotionWarning {
  const message = `${modelId} has the same files, so nothing was published a second time`
  return { code: 'already_published', message }
}

function withPublished(result: PromotionResult, published: PublishedBundle): PromotionResult {
  const { modelId } = published
  const { path } = published
  const bundle = { ...result.candidate.bundle, modelId, location: path, path }
  return {
    ...result,
    outcome: 'published',
    candidate: { ...result.candidate, modelId, bundle },
    published,
  }
}

/** The index is a cache: that it is out of date changes no answer, so its failure is a warning. */
async function refreshIndex(context: PromotionContext, result: PromotionResult): Promise<PromotionResult> {
  const { store, policy, requirement, io } = context
  const { refreshIndex: refresh = refreshIndexFile } = context.settings
  // Only a models dir has an index.
  if (refresh === false || store.local === undefined) return result
  context.enter('index')
  try {
    const withdrawn = result.switch?.pointer.withdrawn ?? (await readWithdrawn(store))
    await refresh(store.local.dir, policy, requirement, { withdrawn, now: io.now, useIndex: true })
    return result
  } catch (error) {
    const message = `index.json was not brought up to date: ${messageOf(error)}`
    return { ...result, warnings: [...result.warnings, { code: 'index_not_refreshed', message }] }
  }
}
