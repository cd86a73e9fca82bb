import { Type } from '../core/typebox.js';
import type { FeatureContract } from '../features/contract.js';
import { exampleTrack, trackSchema } from './feature-schema.js';
import { compileCheck } from './field-errors.js';
import { type AnsweredProblem, answeredProblem, Problem, type ProblemDetails } from './problem.js';
import { PROBLEM_CODES, type ProblemCode } from './problems.js';

const FIELD_ERROR = Type.Object({
  field: Type.String({ description: 'Name of the field or query parameter; «body» for the whole body' }),
  pointer: Type.String({
    description:
      'Where it is: «#/tempo» is a JSON pointer into the body as a URI fragment (RFC 6901), «?limit» a query parameter',
  }),
  rule: Type.String({ description: 'The broken keyword of the schema: minimum, required, type, …' }),
  limit: Type.Union([Type.Number(), Type.String()], { description: 'What the rule allows' }),
  value: Type.Optional(
    Type.Union([Type.Number(), Type.String(), Type.Boolean(), Type.Null()], {
      description: 'What was sent, when short',
    }),
  ),
  message: Type.String(),
});

const PROBLEM_MEMBERS = {
  type: Type.String({ format: 'uri-reference', description: 'Path of this service that explains the code' }),
  title: Type.String(),
  status: Type.Integer({ minimum: 400, maximum: 599 }),
  detail: Type.String({ description: 'This occurrence, in a sentence for people' }),
  code: Type.String({
    'x-extensible-enum': PROBLEM_CODES, // not an enum: a client has to bear codes that come later
    description: 'Stable: match this, not the texts. Go by the status where you do not know the code',
  }),
  errors: Type.Optional(Type.Array(FIELD_ERROR, { description: 'Each broken rule; the first 100 of them' })),
};

/** A problem as the result of one item of a batch. */
export const ITEM_PROBLEM_SCHEMA = Type.Object(PROBLEM_MEMBERS);

/** A problem as the body of an answer (RFC 9457). */
export const PROBLEM_SCHEMA = Type.Object({
  ...PROBLEM_MEMBERS,
  missing: Type.Optional(Type.Array(Type.String(), { description: 'What the service lacks (not_ready)' })),
  instance: Type.String({ format: 'uri-reference', description: 'Path of the request' }),
  request_id: Type.String({ description: 'As in the X-Request-Id header' }),
});

/** A problem for documentation. */
export function problemExample(code: ProblemCode, contract: FeatureContract): AnsweredProblem {
  const problem = new Problem(code, exampleDetails(code, contract));
  return answeredProblem(problem, '/v1/predict/cluster', '0b6a1b1e-5d0e-4c43-9d3f-8f1d2c3b4a59');
}

function exampleDetails(code: ProblemCode, contract: FeatureContract): ProblemDetails {
  if (code === 'invalid_request')
    return { errors: compileCheck(trackSchema(contract))(brokenTrack(contract)) };
  if (code === 'not_ready') return { missing: ['model', 'api_key'] };
  return {};
}

/** A track that breaks a bound, lacks a field and has one too many. */
function brokenTrack(contract: FeatureContract): Record<string, unknown> {
  const [missing, ...rest] = contract.features;
  const track: Record<string, unknown> = { ...exampleTrack({ ...contract, features: rest }), colour: 'blue' };
  const bounded = rest.findLast(({ request }) => (request.minimum ?? request.exclusiveMinimum) !== undefined);
  if (bounded !== undefined)
    track[bounded.name] = (bounded.request.minimum ?? bounded.request.exclusiveMinimum ?? 0) - 1;
  return missing === undefined ? {} : track;
}
