import { readFileSync } from 'node:fs';
import { Ajv, type SchemaObject } from 'ajv';
import { expect, it } from 'vitest';
import { readYaml, unknownVariables } from './files.js';
import { pythonProgram } from './prepare.js';
import { run } from './run.js';

/** A type of Google's discovery documents: JSON Schema's draft 3, with names of other types instead of pointers. */
interface DiscoveryType {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly items?: DiscoveryType;
  readonly properties?: Readonly<Record<string, DiscoveryType>>;
  readonly additionalProperties?: DiscoveryType;
}

interface Container {
  readonly env: readonly { readonly name: string }[];
  readonly volumeMounts: readonly { readonly name: string }[];
}

interface Instance {
  readonly containers: readonly Container[];
  readonly volumes: readonly { readonly name: string }[];
}

interface Service {
  readonly spec: { readonly template: { readonly spec: Instance } };
}

interface Job {
  readonly spec: { readonly template: { readonly spec: { readonly template: { readonly spec: Instance } } } };
}

const service = readYaml<Service>('cloud-run/service.yaml')[0]!;
const job = readYaml<Job>('cloud-run/job.yaml')[0]!;

/** Cloud Run's own description of its API, version 1, which gcloud's files are in. */
function discovery(): Readonly<Record<string, DiscoveryType>> {
  const find = 'import googleapiclient, os; print(os.path.dirname(googleapiclient.__file__))';
  const folder = run(pythonProgram('python'), ['-c', find]).stdout.trim();
  const text = readFileSync(`${folder}/discovery_cache/documents/run.v1.json`, 'utf8');
  return (JSON.parse(text) as { readonly schemas: Readonly<Record<string, DiscoveryType>> }).schemas;
}

/** As JSON Schema, in which a field that the API doesn't know is an error. */
function toSchema({
  $ref,
  type,
  format,
  enum: values,
  items,
  properties,
  additionalProperties,
}: DiscoveryType): SchemaObject {
  if ($ref !== undefined) return { $ref: `#/$defs/${$ref}` };
  if (type === 'any') return {};
  if (type === 'array') return { type, items: toSchema(items!) };
  if (type === 'object' && additionalProperties !== undefined)
    return { type, additionalProperties: toSchema(additionalProperties) };
  if (type === 'object')
    return { type, properties: schemasOf(properties ?? {}), additionalProperties: false };
  if (format === 'int64') return { type, pattern: '^-?\\d+$' };
  return values === undefined ? { type } : { type, enum: [...values] };
}

function schemasOf(types: Readonly<Record<string, DiscoveryType>>): Record<string, SchemaObject> {
  return Object.fromEntries(Object.entries(types).map(([name, type]) => [name, toSchema(type)]));
}

function validatorOf(type: 'Service' | 'Job') {
  return new Ajv({ allErrors: true, strict: false }).compile({
    $defs: schemasOf(discovery()),
    $ref: `#/$defs/${type}`,
  });
}

it('the service is one that the API knows', () => {
  const validate = validatorOf('Service');
  validate(service);
  expect(validate.errors).toBeNull();
  validate({ ...service, spec: { template: { spec: { containerConcurency: 80 } } } });
  expect(validate.errors?.[0]?.params).toEqual({ additionalProperty: 'containerConcurency' });
});

it('the job is one that the API knows', () => {
  const validate = validatorOf('Job');
  validate(job);
  expect(validate.errors).toBeNull();
});

it.each([
  ['service', service.spec.template.spec],
  ['job', job.spec.template.spec.template.spec],
])('the %s mounts volumes and sets variables that there are', (_what, { containers, volumes }) => {
  for (const { env, volumeMounts } of containers) {
    expect(volumeMounts.map(({ name }) => name)).toEqual(volumes.map(({ name }) => name));
    expect(unknownVariables(env.map(({ name }) => name))).toEqual([]);
  }
});
