import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { tempFolder } from '../core/temp.js';
import { ROOT, readPage } from '../docs/files.js';
import { expectManifests, KUBERNETES_VERSIONS } from './kubernetes-schemas.js';
import { KUSTOMIZE_PROGRAM, pythonProgram } from './prepare.js';
import { run } from './run.js';

type Labels = Readonly<Record<string, string>>;

interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly securityContext: object;
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
}

interface Pod {
  readonly metadata: { readonly labels: Labels };
  readonly spec: {
    readonly serviceAccountName: string;
    readonly securityContext: object;
    readonly containers: readonly Container[];
    readonly volumes: readonly { readonly name: string; readonly configMap?: { readonly name: string } }[];
  };
}

interface Resource {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly data: Labels;
  readonly spec: {
    readonly selector: Labels;
    readonly template: Pod;
    readonly podSelector: { readonly matchLabels: Labels };
    readonly ports: readonly { readonly targetPort: string }[];
    readonly ingress: readonly { readonly ports?: readonly { readonly port: string }[] }[];
  };
}

let rendered: string;
let resources: readonly Resource[];
let server: Pod;
let executor: Pod;

beforeAll(() => {
  rendered = run(KUSTOMIZE_PROGRAM, ['build', 'deploy/spark']).stdout;
  resources = (parseAllDocuments(rendered) as { toJS: () => unknown }[]).map((one) => one.toJS() as Resource);
  server = the('Deployment', 'spark-connect').spec.template;
  executor = parse(settings().data['executor.yaml']!) as Pod;
});

function the(kind: string, name: string): Resource {
  const found = resources.find((one) => one.kind === kind && one.metadata.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name}`);
  return found;
}

function settings(): Resource {
  return resources.find(({ kind }) => kind === 'ConfigMap')!;
}

function container(name: string): Container {
  return server.spec.containers.find((one) => one.name === name)!;
}

it('shellcheck finds no fault in the shell scripts of deploy/ and CI', () => {
  const scripts = readdirSync(join(ROOT, 'deploy'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.sh'))
    .map((name) => `deploy/${name}`);
  expect(scripts).toContain('deploy/spark/start-connect-server.sh');
  expect(run(pythonProgram('shellcheck'), [...scripts, '.ci/run']).stdout).toBe('');
});

it('HAProxy takes its configuration with what must be set alone', async () => {
  const folder = await tempFolder();
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'spark-connect' }]);
  await writeFile(join(folder, 'tls.key'), key);
  await writeFile(join(folder, 'tls.crt'), cert);
  const env = {
    CONNECT_FRONT: '127.0.0.1:15443',
    CONNECT_CERTIFICATE: join(folder, 'tls.crt'),
    CONNECT_TOKEN: 'a token',
  };
  const { stderr } = run('haproxy', ['-c', '-f', 'deploy/spark/haproxy.cfg'], { env });
  expect(stderr).not.toMatch(/WARNING|ALERT/);
});

describe.each(KUBERNETES_VERSIONS)('Kubernetes %s', (version) => {
  it('takes every resource, and the pods of executors, and refuses a field that it does not know', async () => {
    const folder = await tempFolder();
    const pod = { ...executor, metadata: { ...executor.metadata, name: 'executor' } };
    for (const [name, text] of [
      ['rendered.yaml', rendered],
      ['executor.json', JSON.stringify(pod)],
    ] as const) {
      await expectManifests(version, join(folder, name), text, {
        field: 'allowPrivilegeEscalation',
        misspelt: 'allowsPrivilegeEscalation',
      });
    }
  });
});

it('pods keep the restricted standard', () => {
  for (const { spec } of [server, executor]) {
    expect(spec.securityContext).toMatchObject({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(the('ServiceAccount', spec.serviceAccountName)).toBeDefined();
    for (const { securityContext } of spec.containers)
      expect(securityContext).toMatchObject({
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
      });
  }
});

it('what the containers are given is there, and are variables of the script and of the proxy', () => {
  const { metadata, data } = settings();
  const volume = server.spec.volumes.find(({ configMap }) => configMap !== undefined);
  expect(volume?.configMap?.name).toBe(metadata.name);
  const texts = { connect: readPage('deploy/spark/start-connect-server.sh'), proxy: data['haproxy.cfg']! };
  expect(data['start-connect-server.sh']).toBe(texts.connect);
  for (const [one, text] of Object.entries(texts)) {
    const { env = [], command, volumeMounts } = container(one);
    const variables = env
      .map((variable) => variable.name)
      .filter((variable) => variable.startsWith('CONNECT_'));
    for (const variable of variables) expect(text, variable).toMatch(new RegExp(`\\$\\{${variable}\\b`));
    const files = command!.flatMap((argument) => /\/opt\/segue\/(.+)$/.exec(argument)?.[1] ?? []);
    for (const file of files) expect(data, file).toHaveProperty([file]);
    const volumes = server.spec.volumes.map((mounted) => mounted.name);
    for (const mount of volumeMounts) expect(volumes).toContain(mount.name);
  }
});

it('executors have the driver’s version of Spark, and reach it at its ports', () => {
  const { command, image, ports } = container('connect');
  const setting = (name: string): string | undefined =>
    command!.find((argument) => argument.startsWith(`--conf=${name}=`))?.slice(`--conf=${name}=`.length);
  expect(setting('spark.kubernetes.container.image')).toBe(image);
  const pyspark = /^pyspark==(.+)$/m.exec(readPage('test/spark/requirements.txt'))![1]!;
  expect(image).toBe(`apache/spark:${pyspark}`);
  const port = (name: string): string => String(ports!.find((one) => one.name === name)!.containerPort);
  expect(setting('spark.driver.port')).toBe(port('driver'));
  expect(setting('spark.driver.blockManager.port')).toBe(port('blocks'));
});

it('what selects the server’s pod selects it, what selects executors selects them', () => {
  expect(server.metadata.labels).toMatchObject(the('Service', 'spark-connect').spec.selector);
  const policies = { 'spark-connect-server': server, 'spark-connect-executor': executor };
  for (const [name, pod] of Object.entries(policies))
    expect(pod.metadata.labels).toMatchObject(the('NetworkPolicy', name).spec.podSelector.matchLabels);
  const named = server.spec.containers.flatMap(({ ports = [] }) => ports.map(({ name }) => name));
  const asked = [
    ...the('Service', 'spark-connect').spec.ports.map(({ targetPort }) => targetPort),
    ...the('NetworkPolicy', 'spark-connect-server').spec.ingress.flatMap(({ ports = [] }) =>
      ports.map(({ port }) => port),
    ),
  ];
  for (const port of asked) expect(named).toContain(port);
});
