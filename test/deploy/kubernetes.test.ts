import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { tempFolder } from '../core/temp.js';
import { unknownVariables } from './files.js';
import { expectManifests, KUBERNETES_VERSIONS } from './kubernetes-schemas.js';
import { KUSTOMIZE_PROGRAM } from './prepare.js';
import { run } from './run.js';

type Labels = Readonly<Record<string, string>>;

interface Container {
  readonly name: string;
  readonly image: string;
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly env: readonly { readonly name: string }[];
  readonly resources: { readonly requests: object; readonly limits: object };
  readonly securityContext: object;
  readonly volumeMounts: readonly {
    readonly name: string;
    readonly mountPath: string;
    readonly readOnly?: boolean;
  }[];
  readonly startupProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly livenessProbe?: Probe;
}

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}

interface Pod {
  readonly metadata: { readonly labels: Labels };
  readonly spec: {
    readonly serviceAccountName: string;
    readonly automountServiceAccountToken: boolean;
    readonly securityContext: object;
    readonly containers: readonly Container[];
    readonly volumes: readonly {
      readonly name: string;
      readonly persistentVolumeClaim?: { readonly claimName: string };
    }[];
  };
}

interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly data?: Labels;
  readonly spec: {
    readonly selector: Labels & { readonly matchLabels?: Labels };
    readonly template: Pod;
    readonly jobTemplate: { readonly spec: { readonly template: Pod } };
    readonly scaleTargetRef: { readonly kind: string; readonly name: string };
    readonly podSelector: { readonly matchLabels: Labels };
    readonly ports: readonly { readonly targetPort: string }[];
  };
}

let rendered: string;
let resources: readonly Resource[];

beforeAll(() => {
  rendered = run(KUSTOMIZE_PROGRAM, ['build', 'deploy/kubernetes']).stdout;
  resources = (parseAllDocuments(rendered) as { toJS: () => unknown }[]).map((one) => one.toJS() as Resource);
});

function the(kind: string, name: string): Resource {
  const found = resources.find((one) => one.kind === kind && one.metadata.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name}`);
  return found;
}

function pods(): readonly Pod[] {
  return [
    the('Deployment', 'segue-api').spec.template,
    the('CronJob', 'segue-retrain').spec.jobTemplate.spec.template,
  ];
}

it('has what a team needs', () => {
  expect(resources.map(({ kind, metadata: { name } }) => `${kind} ${name}`).toSorted()).toEqual([
    'ConfigMap segue',
    'CronJob segue-retrain',
    'Deployment segue-api',
    'HorizontalPodAutoscaler segue-api',
    'Namespace segue',
    'NetworkPolicy segue',
    'NetworkPolicy segue-api',
    'PersistentVolumeClaim segue-catalogue',
    'PersistentVolumeClaim segue-home',
    'PodDisruptionBudget segue-api',
    'Service segue-api',
    'ServiceAccount segue',
  ]);
});

describe.each(KUBERNETES_VERSIONS)('Kubernetes %s', (version) => {
  it('takes every resource, and refuses a field that it does not know', async () => {
    const file = join(await tempFolder(), 'rendered.yaml');
    await expectManifests(version, file, rendered, {
      field: 'readOnlyRootFilesystem',
      misspelt: 'readOnlyRootFileSystem',
    });
  });
});

it('pods run as nobody in particular, on a root that cannot be written', () => {
  for (const { spec } of pods()) {
    expect(spec.automountServiceAccountToken).toBe(false);
    the('ServiceAccount', spec.serviceAccountName);
    expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 10001, fsGroup: 10001 });
    for (const { securityContext, volumeMounts, resources: needs, image } of spec.containers) {
      expect(securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      const writable = volumeMounts
        .filter(({ readOnly }) => readOnly !== true)
        .map(({ mountPath }) => mountPath);
      expect(writable).toEqual(['/var/lib/segue', '/tmp']);
      expect(needs.requests).toHaveProperty('memory');
      expect(needs.limits).toHaveProperty('memory');
      expect(image).toMatch(/:\d+\.\d+\.\d+$/);
    }
  }
});

it('mounts, claims, settings and variables are those that there are', () => {
  const settings = Object.keys(the('ConfigMap', 'segue').data!);
  for (const { spec } of pods()) {
    for (const { volumeMounts, env } of spec.containers) {
      expect(volumeMounts.map(({ name }) => name).toSorted()).toEqual(
        spec.volumes.map(({ name }) => name).toSorted(),
      );
      expect(unknownVariables([...settings, ...env.map(({ name }) => name)])).toEqual([]);
    }
    for (const { persistentVolumeClaim: claim } of spec.volumes)
      if (claim !== undefined) the('PersistentVolumeClaim', claim.claimName);
  }
});

it('what selects replicas selects them', () => {
  const { template, selector } = the('Deployment', 'segue-api').spec;
  const { labels } = template.metadata;
  for (const wanted of [
    selector.matchLabels,
    the('Service', 'segue-api').spec.selector,
    the('PodDisruptionBudget', 'segue-api').spec.selector.matchLabels,
    the('NetworkPolicy', 'segue').spec.podSelector.matchLabels,
    the('NetworkPolicy', 'segue-api').spec.podSelector.matchLabels,
  ])
    expect(labels).toMatchObject(wanted!);
  const { kind, name } = the('HorizontalPodAutoscaler', 'segue-api').spec.scaleTargetRef;
  expect(the(kind, name)).toBe(the('Deployment', 'segue-api'));
});

it('probes ask the API for what it answers, at its port', () => {
  const [container] = the('Deployment', 'segue-api').spec.template.spec.containers;
  const { startupProbe, readinessProbe, livenessProbe, ports } = container!;
  expect([startupProbe, readinessProbe, livenessProbe].map((probe) => probe?.httpGet.path)).toEqual([
    '/healthz',
    '/readyz',
    '/healthz',
  ]);
  expect(ports).toEqual([{ name: 'http', containerPort: 8080 }]);
  expect(the('Service', 'segue-api').spec.ports[0]!.targetPort).toBe('http');
});

it('everything is in its namespace', () => {
  const outside = resources.filter(({ metadata: { namespace } }) => namespace !== 'segue');
  expect(outside.map(({ kind }) => kind)).toEqual(['Namespace']);
});
