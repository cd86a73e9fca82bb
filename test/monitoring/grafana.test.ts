import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { dashboardTexts } from '../../deploy/grafana/src/all.js';
import { ROOT } from '../docs/files.js';
import { worldOfTest } from '../service/world.js';
import { dashboardOf, panelsOf, targetsOf } from './panels.js';

const FOLDER = join(ROOT, 'deploy/grafana');
const texts = dashboardTexts();

const [provisioned] = (
  parse(readFileSync(join(FOLDER, 'provisioning/datasources/segue.yml'), 'utf8')) as {
    readonly datasources: readonly [{ readonly uid: string }];
  }
).datasources;

interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
}

const RULES = join(ROOT, 'deploy/prometheus/rules');
const rules = readdirSync(RULES).flatMap((name) => {
  const { groups } = parse(readFileSync(join(RULES, name), 'utf8')) as {
    readonly groups: readonly { readonly rules: readonly Rule[] }[];
  };
  return groups.flatMap((group) => group.rules);
});

/** Numbers that an alert compares with: `> 15 * 86400`, `>= 0.25`. */
function limitsOf(alert: string): number[] {
  return rules
    .filter((rule) => rule.alert === alert)
    .flatMap(({ expr }) => [...expr.matchAll(/[<>=]=? (\d[\d.]*)(?: \* (\d+))?/g)])
    .map(([, value, times = '1']) => Number(value) * Number(times));
}

it.each(texts)('%s is what its source makes: npm run grafana', (name, text) => {
  expect(readFileSync(join(FOLDER, 'dashboards', name), 'utf8')).toBe(text);
});

it('there is no other dashboard', () => {
  expect(readdirSync(join(FOLDER, 'dashboards')).toSorted()).toEqual(texts.map(([name]) => name).toSorted());
});

describe.each(texts)('%s', (_name, text) => {
  const panels = panelsOf(text);

  it('tells of each panel how to read it, in which unit, and where its runbook is', () => {
    for (const { title, description, type, fieldConfig, targets } of panels) {
      expect(description, title).toMatch(/^\S.{10,}\.$/s);
      if (type !== 'state-timeline') expect(fieldConfig?.defaults.unit, title).toMatch(/^\w+$/);
      expect(targets.length, title).toBeGreaterThan(0);
      const runbook = /docs\/runbooks\/\w+\.md/.exec(description)?.[0];
      if (runbook !== undefined) expect(existsSync(join(ROOT, runbook)), runbook).toBe(true);
    }
    expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
  });

  it('gives every panel and heading an id of its own, by which links find it', () => {
    const ids = dashboardOf(text).panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toBeGreaterThan(0);
  });

  it('asks the data source that is provisioned, and no other', () => {
    for (const { datasource, title } of panels) expect(datasource?.uid, title).toBe(provisioned.uid);
    for (const { datasource, title } of targetsOf(text)) expect(datasource?.uid, title).toBe(provisioned.uid);
  });

  it('draws a limit where the rule has it', () => {
    for (const { title, description, fieldConfig } of panels) {
      const limits = (fieldConfig?.defaults.thresholds?.steps ?? []).flatMap(({ value }) => value ?? []);
      const alert = /runbooks\/(\w+)\.md/.exec(description)?.[1];
      if (alert === undefined) continue;
      for (const limit of limits) expect(limitsOf(alert), `${title}: ${alert}`).toContain(Math.abs(limit));
    }
  });

  it('lays panels beside each other, none over another', () => {
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, i) => `${x + (i % w)},${y + Math.floor(i / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    for (const { gridPos } of panels) expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
  });
});

it('every figure that a panel shows is the service’s, or recorded by a rule', async () => {
  const { app } = await worldOfTest();
  const { body } = await app.inject('/metrics');
  const served = [...body.matchAll(/^# TYPE (\w+) (\w+)/gm)].flatMap(([, name, type]) =>
    type === 'histogram' ? [`${name}_bucket`, `${name}_count`] : [name!],
  );
  const known = new Set([...served, ...rules.flatMap(({ record }) => record ?? [])]);
  const expressions = texts.flatMap(([, text]) => [
    ...targetsOf(text).map(({ expr }) => expr),
    ...dashboardOf(text).templating.list.map(({ query }) => query),
  ]);
  const named = expressions.flatMap((expr) =>
    [...expr.matchAll(/\b((?:segue|nodejs|process)[_:][\w:]+)/g)].map(([name]) => name),
  );
  expect([...new Set(named)].filter((name) => !known.has(name))).toEqual([]);
});
