import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tempFolder } from '../core/temp.js';
import { ROOT } from '../docs/files.js';
import { unknownVariables } from './files.js';
import { pythonProgram } from './prepare.js';
import { run } from './run.js';

const TEMPLATE = join(ROOT, 'deploy/ecs/segue.yaml');

it('CloudFormation’s schemas and rules find no fault in the stack, and would', async () => {
  const args = ['--regions', 'eu-south-2', 'eu-west-1', 'us-east-1', '--include-checks', 'I', '--'];
  run(pythonProgram('cfn-lint'), [...args, TEMPLATE]);
  const wrong = join(await tempFolder(), 'segue.yaml');
  await writeFile(wrong, (await readFile(TEMPLATE, 'utf8')).replace('Memory: "2048"', 'Memory: "999"'));
  expect(run(pythonProgram('cfn-lint'), [...args, wrong], { status: 2 }).stdout).toContain('999');
});

it('sets only variables that there are', async () => {
  const text = await readFile(TEMPLATE, 'utf8');
  const names = [...text.matchAll(/Name: (SEGUE_[A-Z_]+)/g)].map((match) => match[1]!);
  expect(names).toContain('SEGUE_REGISTRY');
  expect(unknownVariables(names)).toEqual([]);
});
