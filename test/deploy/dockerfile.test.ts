import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { readPage } from '../docs/files.js';
import { pythonProgram } from './prepare.js';
import { run } from './run.js';

it('hadolint finds no fault', () => {
  expect(run(pythonProgram('hadolint'), ['--failure-threshold', 'style', 'deploy/Dockerfile']).stdout).toBe(
    '',
  );
});

it('starts from exact versions, Node’s being one that package.json allows', async () => {
  const text = await readFile('deploy/Dockerfile', 'utf8');
  const bases = [...text.matchAll(/^ARG (\w+_IMAGE)=(\S+)$/gm)].map(([, name, image]) => [name, image!]);
  expect(bases.map(([name]) => name)).toEqual(['NODE_IMAGE', 'BASE_IMAGE', 'AIRFLOW_IMAGE']);
  for (const [, image] of bases) expect(image).toMatch(/:\d+\.\d+(\.\d+)?-[\w.-]+$/);
  expect(bases[0]![1]).toMatch(/^node:20\.(19|[2-9]\d)\./);
  const airflow = /^apache-airflow==(.+)$/m.exec(readPage('test/airflow/requirements.txt'))![1]!;
  expect(bases[2]![1]).toContain(`:${airflow}-`);
});

it('everything that is deployed is of the version that package.json says', () => {
  const { version } = JSON.parse(readPage('package.json')) as { readonly version: string };
  const files = [
    'Dockerfile',
    'compose.yaml',
    'kubernetes/kustomization.yaml',
    'cloud-run/service.yaml',
    'cloud-run/job.yaml',
  ];
  for (const file of files) {
    const text = readPage(`deploy/${file}`);
    const named = text.matchAll(/(?:VERSION:-|VERSION=|newTag: |segue-\w+:)(\d[\w.-]*)/g);
    expect([...new Set([...named].map((match) => match[1]))], file).toEqual([version]);
  }
});
