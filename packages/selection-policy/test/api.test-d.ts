import type { Bundle, InvalidBundle, ValidBundle } from '@taskclf/registry-core'
import {
  type BoundGate,
  compareDecimal,
  DEFAULT_POLICY,
  type Decimal,
  type EqualsGate,
  type ExclusionStage,
  type Gate,
  isCompatible,
  metricValue,
  POLICY_PRESETS,
  type Policy,
  type PolicyViolation,
  type PresetName,
  parsePolicy,
  policyFileSchema,
  policySchema,
  type RankedBundle,
  type Reason,
  type Requirement,
  type SelectionReport,
  type SelectionReportJson,
  type SwitchCode,
  selectBest,
  shouldSwitchActive,
  subtractDecimal,
  toReportJson,
} from '@taskclf/selection-policy'
import { expectTypeOf } from 'vitest'

declare const bundle: Bundle
declare const valid: ValidBundle
declare const report: SelectionReport

expectTypeOf(DEFAULT_POLICY).toEqualTypeOf<Policy>()
expectTypeOf(policySchema.parse({})).toExtend<Policy>()
expectTypeOf(policyFileSchema.parse({}).extends).toEqualTypeOf<PresetName | undefined>()
expectTypeOf(POLICY_PRESETS.latest).toEqualTypeOf<Policy>()
expectTypeOf<Gate>().toEqualTypeOf<EqualsGate | BoundGate>()
expectTypeOf<Policy['gates']>().toEqualTypeOf<readonly Gate[]>()

const parsed = parsePolicy(null)
if (parsed.ok) expectTypeOf(parsed.policy).toEqualTypeOf<Policy>()
else expectTypeOf(parsed.violations).toEqualTypeOf<PolicyViolation[]>()
expectTypeOf(parsePolicy).parameter(0).toBeUnknown()

expectTypeOf(selectBest([bundle], DEFAULT_POLICY, {})).toEqualTypeOf<SelectionReport>()
expectTypeOf(report.best).toEqualTypeOf<RankedBundle | undefined>()
expectTypeOf<RankedBundle['bundle']>().toEqualTypeOf<ValidBundle>()
expectTypeOf<ExclusionStage>().toEqualTypeOf<
  'invalid' | 'incompatible' | 'metrics' | 'gate' | 'withdrawn' | 'superseded_schema'
>()
expectTypeOf(shouldSwitchActive(report, undefined, DEFAULT_POLICY).code).toEqualTypeOf<SwitchCode>()
expectTypeOf(toReportJson(report)).toEqualTypeOf<SelectionReportJson>()
expectTypeOf(metricValue(valid, 'macro_f1')).toBeUnknown()
expectTypeOf(isCompatible(valid, {}).reasons).toEqualTypeOf<Reason[]>()
expectTypeOf(subtractDecimal(1, 2)).toEqualTypeOf<Decimal>()
expectTypeOf(compareDecimal(subtractDecimal(1, 2), 3)).toEqualTypeOf<-1 | 0 | 1>()

// Only a valid bundle can be judged, and a requirement's schema needs its hash.
expectTypeOf<InvalidBundle>().not.toExtend<Parameters<typeof isCompatible>[0]>()
expectTypeOf<{ schemas: { version: string }[] }>().not.toExtend<Requirement>()
