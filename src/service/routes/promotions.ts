import { Type } from '../../core/typebox.js';
import { actorOf } from '../actor-of.js';
import { asProblem, type ProblemOf } from '../as-problem.js';
import { VERSION, VERSION_PARAM } from '../model-schema.js';
import type { Promotions } from '../promotions.js';
import { EXAMPLE_VERSION, type Route, route } from '../route.js';

const REASON = Type.Optional(
  Type.String({ minLength: 1, maxLength: 500, description: 'Why; kept in the ledger' }),
);

const PROMOTION = Type.Object(
  {
    reason: REASON,
    override_by: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 100,
        description: 'The person who answers for a version that the gate refused; needs a reason',
      }),
    ),
  },
  { additionalProperties: false },
);

const ROLLBACK = Type.Object({ reason: REASON }, { additionalProperties: false });

const CHANGE = Type.Object({
  version: Type.String({ description: 'In production now' }),
  previous: Type.Union([VERSION, Type.Null()], { description: 'In production before' }),
  changed: Type.Boolean({ description: 'False where it was in production already' }),
});

const EXAMPLE = { version: EXAMPLE_VERSION, previous: 'm-5e4d3c2b1a0f', changed: true };

/** Codes of errors that a caller can mend, and the problems that tell of them. */
const PROBLEM_OF: ProblemOf = {
  SEGUE_MODEL_NOT_FOUND: 'model_not_found',
  SEGUE_GATE_REFUSED: 'version_refused',
  SEGUE_NO_EARLIER_VERSION: 'nothing_earlier',
};

/** `POST /v1/models/{version}/promotion` and `POST /v1/rollback`: what is in production. */
export function promotionRoutes(promotions: Promotions): readonly Route[] {
  return [
    route({
      method: 'POST',
      path: '/v1/models/{version}/promotion',
      id: 'promoteModel',
      tag: 'models',
      summary: 'Put a version into production',
      scope: 'admin',
      params: [VERSION_PARAM],
      body: { schema: PROMOTION, limitBytes: 16_384, example: { reason: 'better for radio' } },
      answer: { description: 'It serves', schema: CHANGE, example: EXAMPLE },
      problems: ['version_refused'],
      handle: ({ params: { version = '' }, body: { reason, override_by }, key }) =>
        asProblem(
          promotions.promote(version, { actor: actorOf(key), reason, overrideBy: override_by }),
          PROBLEM_OF,
        ),
    }),
    route({
      method: 'POST',
      path: '/v1/rollback',
      id: 'rollBack',
      tag: 'models',
      summary: 'Bring back the version that was in production before',
      scope: 'admin',
      body: { schema: ROLLBACK, limitBytes: 16_384, example: { reason: 'complaints' } },
      answer: { description: 'It serves', schema: CHANGE, example: EXAMPLE },
      problems: ['nothing_earlier'],
      handle: ({ body: { reason }, key }) =>
        asProblem(promotions.rollback({ actor: actorOf(key), reason }), PROBLEM_OF),
    }),
  ];
}
