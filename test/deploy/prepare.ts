import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { prepareGoProgram } from '../../scripts/go-program.js';
import { prepareVenv } from '../../scripts/python-venv.js';
import { ROOT } from '../docs/files.js';

const VENV = join(ROOT, '.venv-deploy');
const GO_BIN = join(ROOT, '.go-bin');

const COMPOSE = { module: 'github.com/compose-spec/compose-go/v2', version: 'v2.16.2' };
const KUSTOMIZE = { module: 'sigs.k8s.io/kustomize/kustomize/v5', version: 'v5.7.1' };

/** Runs before the suite (vitest.config.ts). */
export default function prepare(): void {
  prepareVenv({ folder: VENV, requirements: join(ROOT, 'test/deploy/requirements.txt') });
  prepareGoProgram(KUSTOMIZE, GO_BIN);
}

/** A program of the suite's Python environment. */
export function pythonProgram(
  name: 'hadolint' | 'kubernetes-validate' | 'cfn-lint' | 'python' | 'shellcheck',
): string {
  return join(VENV, 'bin', name);
}

export const KUSTOMIZE_PROGRAM = join(GO_BIN, 'kustomize');

/** The folder of the module that has the Compose specification's schema. */
export function composeModule(): string {
  const told = execFileSync('go', ['mod', 'download', '-json', `${COMPOSE.module}@${COMPOSE.version}`], {
    encoding: 'utf8',
  });
  return (JSON.parse(told) as { readonly Dir: string }).Dir;
}
