import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ALERTMANAGER, PROMETHEUS, run } from './programs.js';

function files(folder: string): string[] {
  return readdirSync(join(PROMETHEUS, folder)).map((name) => `${folder}/${name}`);
}

it('promtool finds no fault in configuration and rules', () => {
  run('promtool', ['check', 'config', 'prometheus.yml'], PROMETHEUS);
  expect(run('promtool', ['check', 'rules', ...files('rules')], PROMETHEUS)).not.toContain('FAILED');
});

it.each(files('tests'))('%s: every alert fires when it should, and not when it looks alike', (file) => {
  expect(run('promtool', ['test', 'rules', file], PROMETHEUS)).toContain('SUCCESS');
});

it('amtool finds no fault in the routes', () => {
  expect(run('amtool', ['check-config', 'alertmanager.yml'], ALERTMANAGER)).toContain('SUCCESS');
});

it.each([
  ['page', 'on-call'],
  ['ticket', 'team'],
  ['info', 'channel'],
])('severity %s goes to %s', (severity, receiver) => {
  const args = [
    'config',
    'routes',
    'test',
    '--config.file=alertmanager.yml',
    `severity=${severity}`,
    'area=service',
  ];
  expect(run('amtool', args, ALERTMANAGER).trim()).toBe(receiver);
});
