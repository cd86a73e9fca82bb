import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from '../docs/files.js';
import { worldOfTest } from '../service/world.js';

interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

interface RuleTest {
  readonly name: string;
  readonly promql_expr_test: readonly {
    readonly expr: string;
    readonly exp_samples: readonly { readonly labels: string }[];
  }[];
}

const PROMETHEUS = join(ROOT, 'deploy/prometheus');

function read<T>(folder: string): T[] {
  return readdirSync(join(PROMETHEUS, folder)).map(
    (name) => parse(readFileSync(join(PROMETHEUS, folder, name), 'utf8')) as T,
  );
}

const rules = read<{ groups: readonly { rules: readonly Rule[] }[] }>('rules').flatMap(({ groups }) =>
  groups.flatMap((group) => group.rules),
);
const alerts = rules.filter((rule) => rule.alert !== undefined);
const tests = read<{ tests: readonly RuleTest[] }>('tests').flatMap((file) => file.tests);

describe.each(alerts)('$alert ($labels.severity)', ({ alert, labels, annotations, ...rule }) => {
  it('says who acts, what is wrong and what to do', () => {
    expect(['page', 'ticket', 'info']).toContain(labels!['severity']);
    expect(rule.for).toMatch(/^\d+[mh]$/);
    expect(annotations!['summary']).toMatch(/^\S.{10,}[^.]$/);
    expect(annotations!['description']).toMatch(/^\S.{10,}\.$/);
    expect(annotations!['runbook_url']).toBe(`docs/runbooks/${alert}.md`);
    expect(readFileSync(join(ROOT, annotations!['runbook_url']!), 'utf8')).toContain(`# ${alert}\n`);
  });

  it('has a test in which it fires, and one in which it does not', () => {
    const own = tests.filter(({ name }) => new RegExp(`\\b${alert}\\b`).test(name));
    const ofAlerts = own
      .flatMap((test) => test.promql_expr_test)
      .filter(({ expr }) => expr.includes('ALERTS'));
    const tells = ({ exp_samples: samples }: (typeof ofAlerts)[number], what: string): boolean =>
      samples.some(
        (sample) => sample.labels.includes(`alertname="${alert}"`) && sample.labels.includes(what),
      );
    const severities = ofAlerts.some((check) => tells(check, 'severity='));
    expect(
      ofAlerts.filter((check) => tells(check, severities ? `severity="${labels!['severity']}"` : '')).length,
      'fires',
    ).toBeGreaterThan(0);
    expect(ofAlerts.filter((check) => !tells(check, '')).length, 'is silent').toBeGreaterThan(0);
  });
});

it('every runbook is of an alert, and in their list', () => {
  const pages = readdirSync(join(ROOT, 'docs/runbooks')).filter((name) => name !== 'README.md');
  const names = [...new Set(alerts.map(({ alert }) => `${alert}.md`))];
  expect(pages.toSorted()).toEqual(names.toSorted());
  const list = readFileSync(join(ROOT, 'docs/runbooks/README.md'), 'utf8');
  for (const name of names) expect(list).toContain(`(${name})`);
});

it('every figure that a rule names is one of the service’s, or another rule’s', async () => {
  const { app } = await worldOfTest();
  const { body } = await app.inject('/metrics');
  const served = [...body.matchAll(/^# TYPE (\w+) (\w+)/gm)].flatMap(([, name, type]) =>
    type === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name!],
  );
  const known = new Set([...served, ...rules.flatMap(({ record }) => record ?? []), 'up']);
  const named = rules.flatMap(({ expr }) =>
    [...expr.matchAll(/\b((?:segue|nodejs|process)[_:][\w:]+)/g)].map(([name]) => name),
  );
  expect([...new Set(named)].filter((name) => !known.has(name))).toEqual([]);
});
