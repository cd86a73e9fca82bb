import { ERROR_CODES } from '../../core/errors.js';
import { Type } from '../../core/typebox.js';
import type { AppDeps } from '../deps.js';
import type { ModelSource } from '../model-source.js';
import { Problem, type ProblemDetails } from '../problem.js';
import { isProblemCode, PROBLEM_CODES, PROBLEMS } from '../problems.js';
import { EXAMPLE_VERSION, type Route, route } from '../route.js';

const HEALTH = Type.Object({ status: Type.Literal('ok') });

const REFUSED = Type.Object({
  version: Type.Union([Type.String(), Type.Null()], {
    description: 'null where the ledger itself cannot be read',
  }),
  code: Type.String({ description: 'Error code of Segue (docs/errors.md); the log has the details' }),
  title: Type.String(),
});

const READINESS = Type.Object({
  status: Type.Literal('ready'),
  model_version: Type.String(),
  refused: Type.Union([REFUSED, Type.Null()], {
    description: 'Why the version in production is not the one that answers; null when it is',
  }),
  catalogue: Type.Enum(['ready', 'loading', 'none'], {
    description: 'Whether playlists and profiles can be served too; predictions do not wait for it',
  }),
});

const PROBLEM_KIND = Type.Object({
  code: Type.String(),
  status: Type.Integer(),
  title: Type.String(),
  meaning: Type.String(),
  mend: Type.String(),
});

/** Health, readiness, figures, and what the problem codes mean: for operators, without a key. */
export function operationRoutes({
  models,
  keys,
  observer,
  catalogue,
  leaving,
}: Pick<AppDeps, 'models' | 'keys' | 'observer' | 'catalogue' | 'leaving'>): readonly Route[] {
  const common = { method: 'GET', tag: 'operation', scope: 'public' } as const;
  return [
    route({
      ...common,
      path: '/healthz',
      id: 'getHealth',
      summary: 'Whether the process lives',
      answer: { description: 'It does', schema: HEALTH, example: { status: 'ok' } },
      problems: [],
      handle: () => ({ status: 'ok' as const }),
    }),
    route({
      ...common,
      path: '/readyz',
      id: 'getReadiness',
      summary: 'Whether predictions can be served',
      answer: {
        description: 'They can: a model is loaded and a key works',
        schema: READINESS,
        example: { status: 'ready', model_version: EXAMPLE_VERSION, refused: null, catalogue: 'ready' },
      },
      problems: ['not_ready'],
      handle({ live }) {
        if (leaving())
          throw new Problem('not_ready', { missing: [], detail: 'The service is being stopped.' });
        const missing = [
          ...(live === undefined ? ['model'] : []),
          ...(keys.active() === 0 ? ['api_key'] : []),
        ];
        if (live === undefined || missing.length > 0)
          throw new Problem('not_ready', notReady(missing, refusedOf(models)));
        return {
          status: 'ready' as const,
          model_version: live.version,
          refused: refusedOf(models),
          catalogue: catalogue.state(live.version),
        };
      },
    }),
    route({
      ...common,
      path: '/metrics',
      id: 'getMetrics',
      summary: 'Figures of the service',
      answer: {
        description: 'Prometheus text format',
        contentType: 'text/plain; version=0.0.4; charset=utf-8',
        schema: Type.String(),
        example:
          '# HELP segue_model_info Version of the model that answers\n# TYPE segue_model_info gauge\nsegue_model_info{version="m-0a1b2c3d4e5f"} 1\n',
      },
      problems: [],
      handle: () => observer.exposition(),
    }),
    route({
      ...common,
      path: '/problems/{code}',
      id: 'getProblemKind',
      summary: 'What a problem code means',
      description: 'The «type» of every problem leads here.',
      params: [
        {
          name: 'code',
          description: 'The «code» of a problem',
          schema: Type.Enum(PROBLEM_CODES),
          example: 'invalid_request',
          absent: 'problem_not_found',
        },
      ],
      answer: {
        description: 'Its meaning, and how to mend it',
        schema: PROBLEM_KIND,
        example: { code: 'invalid_request', ...PROBLEMS.invalid_request },
      },
      problems: [],
      handle({ params: { code = '' } }) {
        if (!isProblemCode(code)) throw new Problem('problem_not_found');
        return { code, ...PROBLEMS[code] };
      },
    }),
  ];
}

interface Refused {
  readonly version: string | null;
  readonly code: string;
  readonly title: string;
}

function notReady(missing: readonly string[], refused: Refused | null): ProblemDetails {
  const why = refused === null ? '' : ` ${refused.version ?? 'The ledger'} cannot be used: ${refused.code}.`;
  return { missing, detail: `Missing: ${missing.join(', ')}.${why}` };
}

function refusedOf(models: ModelSource): Refused | null {
  const refusal = models.refusal();
  if (refusal === undefined) return null;
  const { code } = refusal.error;
  return { version: refusal.version, code, title: ERROR_CODES[code].title };
}
