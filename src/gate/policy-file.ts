import { readFileSync } from 'node:fs';
import { SegueError } from '../core/errors.js';
import { isNodeError } from '../core/files.js';
import { Compile, type Static, Type } from '../core/typebox.js';
import { DEFAULT_POLICY, type GatePolicy } from './policy.js';

const share = Type.Number({ minimum: 0, maximum: 1 });

const PolicyFile = Type.Partial(
  Type.Object({
    minSilhouette: Type.Number({ minimum: -1, maximum: 1 }),
    maxSilhouetteDrop: share,
    minSegmentShare: share,
    minLift: Type.Number({ minimum: -1, maximum: 1 }),
    minLiftDeviations: Type.Number({ minimum: 0 }),
    maxLiftDrop: share,
    maxStabilityDrop: share,
    minRecovery: share,
    maxChurn: share,
  } satisfies Record<keyof GatePolicy, unknown>),
  { additionalProperties: false },
);

const shape = Compile(PolicyFile);

/**
 * The limits that a policy file sets; none where there is no file. What it leaves out has its default.
 *
 * @throws SegueError SEGUE_USAGE for a file that isn't JSON, an unknown limit, or one out of range
 */
export function readPolicyFile(path: string): Static<typeof PolicyFile> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (isNodeError(error, 'ENOENT')) return {};
    throw error;
  }
  return parsePolicy(text, path);
}

export function parsePolicy(text: string, path: string): Static<typeof PolicyFile> {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch (cause) {
    throw wrong(path, `${path} is not JSON`, text.slice(0, 60), undefined, cause);
  }
  if (shape.Check(policy)) return policy;
  const unknown = Object.keys(Object(policy) as object).find((name) => !(name in DEFAULT_POLICY));
  if (unknown !== undefined)
    throw wrong(
      path,
      `${path} has a limit that there is not`,
      unknown,
      Object.keys(DEFAULT_POLICY).join(', '),
    );
  const [error] = shape.Errors(policy);
  const name = error?.instancePath.slice(1) ?? '';
  const value = (policy as Readonly<Record<string, unknown>> | null)?.[name];
  throw wrong(
    path,
    `${path}: ${name === '' ? 'the whole' : name} ${error?.message ?? 'is wrong'}`,
    JSON.stringify(value ?? policy),
  );
}

function wrong(path: string, what: string, value: string, limit?: string, cause?: unknown): SegueError {
  return new SegueError('SEGUE_USAGE', {
    what,
    value,
    limit,
    mend: `Mend ${path}, or remove it: the defaults hold then. docs/gate.md describes each limit.`,
    cause,
  });
}
