/** A figure as it was measured: `metric` carries the definition and, if it is an estimate, the sample size. */
export interface Measured {
  readonly metric: string;
  readonly value: number;
  /** 95 % interval, when the figure comes from a sample. */
  readonly ci95?: readonly [number, number] | undefined;
}

export const VERDICTS = ['pass', 'fail', 'not_applicable'] as const;

export type Verdict = (typeof VERDICTS)[number];

export interface RuleOutcome {
  readonly rule: string;
  readonly metric: string;
  readonly value: number | null;
  readonly comparison: '>=' | '<=';
  readonly limit: number | null;
  readonly ci95: readonly [number, number] | null;
  readonly verdict: Verdict;
  /** One sentence for a person. */
  readonly explanation: string;
}

/** @param meaning what the limit is */
export function atLeast(rule: string, measured: Measured, limit: number, meaning: string): RuleOutcome {
  const pass = measured.value >= limit; // false for NaN: a figure that can't be had doesn't pass
  return outcome(rule, measured, '>=', limit, pass, meaning);
}

export function atMost(rule: string, measured: Measured, limit: number, meaning: string): RuleOutcome {
  return outcome(rule, measured, '<=', limit, measured.value <= limit, meaning);
}

export function notApplicable(
  rule: string,
  { metric, value, ci95 }: Omit<Measured, 'value'> & { readonly value: number | null },
  explanation: string,
): RuleOutcome {
  return {
    rule,
    metric,
    value,
    comparison: '>=',
    limit: null,
    ci95: ci95 ?? null,
    verdict: 'not_applicable',
    explanation,
  };
}

export function figure(value: number): string {
  return value.toFixed(4);
}

export function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`;
}

function outcome(
  rule: string,
  { metric, value, ci95 }: Measured,
  comparison: RuleOutcome['comparison'],
  limit: number,
  pass: boolean,
  meaning: string,
): RuleOutcome {
  return {
    rule,
    metric,
    value: Number.isNaN(value) ? null : value,
    comparison,
    limit,
    ci95: ci95 ?? null,
    verdict: pass ? 'pass' : 'fail',
    explanation: `${metric} is ${figure(value)}; the limit is ${figure(limit)}, ${meaning}.`,
  };
}
