import { resolve } from 'node:path'
import { type InferResolve, toDegradedJson } from '@taskclf/documents'
import type { OptionsOf } from '@taskclf/flags'
import { type Resolution, resolveModelDir } from '@taskclf/infer-resolver'
import type { BundleChecks } from '@taskclf/registry-core'
import type { SelectionReport } from '@taskclf/selection-policy'
import { escapeText, type Terminal } from '@taskclf/terminal'
import type { Context, Note, OptionsFor, Outcome } from '../../../command.js'
import { EXIT } from '../../../exit-codes.js'
import { restrictionNotes, warningNotes } from '../../shared/notes.js'
import type { inferResolve } from './command.js'

/** Asks the resolver; a read unless `--repair` is given. */
export async function run(
  options: OptionsFor<typeof inferResolve>,
  { settings, cwd, now }: Context,
): Promise<Outcome<InferResolve>> {
  const { 'model-dir': modelDir, 'on-broken': onBrokenPointer, repair } = options
  const policy = settings.policyIsDefault ? undefined : (await settings.policy()).policy
  const requirement = await settings.requirement()
  const resolution = await resolveModelDir({
    modelsDir: settings.modelsDir,
    requirement,
    repair,
    now,
    ...(onBrokenPointer !== undefined && { onBrokenPointer }),
    ...(policy !== undefined && { policy }),
    ...(modelDir !== undefined && { modelDir: resolve(cwd, modelDir) }),
    // Loaded for a repair alone: resolving reads documents only, and needs no runtime.
    ...(repair && { checks: await checksFor(options, settings) }),
    ...(repair && settings.actor !== undefined && { actor: settings.actor }),
  })
  const { path, modelId, source, revision, repaired, warnings, report, degraded } = resolution
  const data: InferResolve = {
    path,
    model_id: modelId,
    source,
    revision: revision ?? null,
    repaired: repaired ?? false,
    degraded: toDegradedJson(degraded),
    warnings: warnings.map(({ code, message }) => ({ code, message })),
    report: report === undefined ? null : await reportJson(report),
  }
  const notes = [sourceNote(resolution), ...restrictionNotes(requirement), ...warningNotes(warnings)]
  return { data, exitCode: EXIT.done, notes }
}

async function checksFor(
  options: OptionsOf<typeof inferResolve.flags>,
  settings: Context['settings'],
): Promise<BundleChecks> {
  const { checksOf } = await import('../../shared/checks.js')
  return checksOf(options, settings)
}

async function reportJson(report: SelectionReport): Promise<InferResolve['report']> {
  // Loaded where the pointer could not say, like selection itself.
  const { toReportJson } = await import('@taskclf/selection-policy')
  return toReportJson(report)
}

function sourceNote({ source, modelId, revision, repaired, degraded }: Resolution): Note {
  const at = revision === undefined ? '' : `, revision ${revision}`
  const how =
    degraded?.confirmed === undefined
      ? 'the best by policy'
      : 'the last model that served and whose documents are whole'
  const said = {
    override: `${modelId}, given by --model-dir`,
    active: `${modelId}, the active model${at}`,
    selection: `${modelId}, ${how}${repaired ? `; the pointer was written${at}` : '; the pointer was not touched'}`,
  }
  return { level: 'note', code: `source_${source}`, message: said[source] }
}

/** The path alone: as it is for a program, escaped for a terminal. */
export function text({ path }: InferResolve, terminal: Terminal): string {
  return `${terminal.columns === undefined ? path : escapeText(path)}\n`
}
