import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { dashboardTexts } from '../../deploy/grafana/src/all.js';
import { ROOT } from '../docs/files.js';
import { worldOfTest } from '../service/world.js';
import { type GrafanaPanel, panelsOf } from './panels.js';

const FOLDER = join(ROOT, 'deploy/grafana');
const texts = dashboardTexts();

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
  const records = parse(readFileSync(join(ROOT, 'deploy/prometheus/rules/records.yml'), 'utf8')) as {
    readonly groups: readonly { readonly rules: readonly { readonly record: string }[] }[];
  };
  const known = new Set([
    ...served,
    ...records.groups.flatMap(({ rules }) => rules.map(({ record }) => record)),
  ]);
  const expressions = texts
    .flatMap(([, text]) => panelsOf(text))
    .flatMap((panel: GrafanaPanel) => panel.targets.map(({ expr }) => expr));
  const named = expressions.flatMap((expr) =>
    [...expr.matchAll(/\b((?:segue|nodejs|process)[_:][\w:]+)/g)].map(([name]) => name),
  );
  expect([...new Set(named)].filter((name) => !known.has(name))).toEqual([]);
});
