import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DEFAULT_POLICY } from '#segue/gate/policy.js';
import { parsePolicy, readPolicyFile } from '#segue/gate/policy-file.js';
import { tempFolder } from '../core/temp.js';

it('sets what it names, and nothing where there is none', async () => {
  const path = join(await tempFolder(), 'gate-policy.json');
  expect(readPolicyFile(path)).toEqual({});
  await writeFile(path, '{"maxChurn": 0.2}');
  expect(readPolicyFile(path)).toEqual({ maxChurn: 0.2 });
  await writeFile(path, JSON.stringify(DEFAULT_POLICY));
  expect(readPolicyFile(path)).toEqual(DEFAULT_POLICY);
});

it.each([
  ['{', 'p is not JSON'],
  ['[]', 'p: the whole'],
  ['{"maxchurn": 0.2}', 'a limit that there is not'],
  ['{"maxChurn": "a lot"}', 'p: maxChurn'],
  ['{"maxChurn": 1.1}', 'p: maxChurn'],
])('%s is refused', (text, what) => {
  expect(() => parsePolicy(text, 'p')).toThrow(what);
});
