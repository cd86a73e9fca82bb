import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { ROOT, readPage } from '../docs/files.js';
import { readYaml, unknownVariables } from './files.js';
import { composeModule } from './prepare.js';
import { run } from './run.js';

interface Service {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string; readonly target: string };
  readonly profiles?: readonly string[];
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: readonly (string | { readonly source: string })[];
  readonly volumes?: readonly string[];
  readonly depends_on?: readonly string[] | Readonly<Record<string, unknown>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly restart?: string;
}

interface Project {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}

const project = readYaml<Project>('compose.yaml')[0]!;
const services = Object.entries(project.services);
const DEPLOY = join(ROOT, 'deploy');

it('keeps the schema of the Compose specification', () => {
  const schema = JSON.parse(
    readFileSync(join(composeModule(), 'schema/compose-spec.json'), 'utf8'),
  ) as object;
  const validate = new Ajv2020({ strict: false, allErrors: true, formats: FORMATS }).compile(schema);
  validate(project);
  expect(validate.errors).toBeNull();
  validate({ ...project, services: { api: { ...project.services['api-a'], read_onyl: true } } });
  expect(validate.errors?.[0]?.params).toEqual({ unevaluatedProperty: 'read_onyl' });
});

/** The schema's own formats, which say what a text is for. */
const FORMATS = { duration: true, expose: true, ports: true, subnet_ip_address: true, uri: true } as const;

describe.each(services)('%s', (_name, service) => {
  it('mounts what there is', () => {
    for (const volume of service.volumes ?? []) {
      const [source] = volume.replaceAll(/\$\{[^}]+\}/g, '$').split(':');
      if (source!.startsWith('.')) expect(existsSync(join(DEPLOY, source!)), volume).toBe(true);
      else if (source !== '$') expect(Object.keys(project.volumes), volume).toContain(source);
    }
    for (const secret of service.secrets ?? [])
      expect(Object.keys(project.secrets)).toContain(typeof secret === 'string' ? secret : secret.source);
  });

  it('starts what there is', () => {
    for (const name of dependencies(service)) expect(Object.keys(project.services)).toContain(name);
    if (service.build === undefined) return expect(service.image).toMatch(/:v?\d+\.\d+[\w.-]*$/);
    const { context, dockerfile, target } = service.build;
    expect(readFileSync(join(DEPLOY, context, dockerfile), 'utf8')).toMatch(
      new RegExp(`^FROM .* AS ${target}$`, 'm'),
    );
  });

  it('sets only variables that there are, and no secret', () => {
    const names = Object.keys(service.environment ?? {});
    expect(unknownVariables(names).filter((name) => !ELSEWHERE.has(name))).toEqual([]);
    expect(names.filter((name) => /(PASSWORD|SECRET|TOKEN|_KEYS?)$/.test(name))).toEqual([]);
  });

  it('can write only where it must, has no privileges, and is looked at', () => {
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
    expect(service.security_opt).toContain('no-new-privileges:true');
    if (service.restart !== 'no') expect(service.healthcheck?.test[0]).toBe('CMD');
  });
});

/** Of the DAG and of the proxy's configuration. */
const ELSEWHERE: ReadonlySet<string> = new Set(['SEGUE_SOURCE', 'SEGUE_FRONT', 'SEGUE_A', 'SEGUE_B']);

function dependencies({ depends_on: on = [] }: Service): readonly string[] {
  return Array.isArray(on) ? (on as readonly string[]) : Object.keys(on);
}

it('every secret is a file that git does not see and that docs/deploy.md makes', () => {
  const page = readPage('docs/deploy.md');
  for (const { file } of Object.values(project.secrets)) {
    expect(file).toMatch(/^\.\/compose\/secrets\//);
    expect(page).toContain(file.replace('./', 'deploy/'));
  }
  expect(readPage('.gitignore')).toContain('deploy/compose/secrets/\n');
});

it('Prometheus has the configuration of deploy/prometheus, with other addresses', () => {
  const [here, there] = [readYaml('compose/prometheus.yml')[0], readYaml('prometheus/prometheus.yml')[0]];
  const withoutAddresses = (value: unknown): string =>
    JSON.stringify(value).replaceAll(/"targets":\[[^\]]*\]/g, '"targets":[]');
  expect(withoutAddresses(here)).toBe(withoutAddresses(there));
  const addresses = [...JSON.stringify(here).matchAll(/"([\w-]+):(\d+)"/g)].map(([, host]) => host!);
  expect(addresses.toSorted()).toEqual(['alertmanager', 'api-a', 'api-b']);
  for (const host of addresses) expect(Object.keys(project.services)).toContain(host);
});

it('HAProxy finds no fault in its configuration', () => {
  const { SEGUE_FRONT, SEGUE_A, SEGUE_B } = {
    SEGUE_FRONT: '127.0.0.1:1',
    SEGUE_A: '127.0.0.1:2',
    SEGUE_B: '127.0.0.1:3',
  };
  const args = ['-c', '-f', join(DEPLOY, 'haproxy/haproxy.cfg')];
  expect(run('haproxy', args, { env: { SEGUE_FRONT, SEGUE_A, SEGUE_B } }).stderr).not.toMatch(
    /WARNING|ALERT/,
  );
});
