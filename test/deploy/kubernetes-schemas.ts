import { writeFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { pythonProgram } from './prepare.js';
import { run } from './run.js';

/** The oldest and the newest version that the manifests are for. */
export const KUBERNETES_VERSIONS = ['1.31', '1.37'];

/** Holds manifests against the strict schemas of a version, which take them, and refuse them with a field misspelt. */
export async function expectManifests(
  version: string,
  file: string,
  text: string,
  { field, misspelt }: { readonly field: string; readonly misspelt: string },
): Promise<void> {
  const args = ['--strict', '--kubernetes-version', version, file];
  await writeFile(file, text);
  run(pythonProgram('kubernetes-validate'), args);
  await writeFile(file, text.replaceAll(field, misspelt));
  const { stdout, stderr } = run(pythonProgram('kubernetes-validate'), args, { status: 1 });
  expect(stdout + stderr).toContain(misspelt);
}
