import type { GateEvidence } from './decision.js';
import { atMost, notApplicable, percent, type RuleOutcome } from './outcome.js';
import type { GatePolicy } from './policy.js';

/** Moves that a refusal names. */
const TOLD = 3;

/** How many tracks change their segment; a person may approve the moves. */
export function churn(given: GateEvidence, { maxChurn }: GatePolicy): RuleOutcome {
  const { churn: measured, version, k, production } = given;
  const metric = 'share_of_tracks_that_move';
  if (measured === null) {
    const explanation = 'No version is in production whose segments these could be compared with.';
    return notApplicable('churn', { metric, value: null }, explanation);
  }
  const value = 1 - measured.kept_share;
  const before = production?.k ?? k;
  if (before !== k) {
    const explanation = `There are ${k} segments on purpose, where production has ${before}: ${percent(value)} of the tracks move.`;
    return notApplicable('churn', { metric, value }, explanation);
  }
  const meaning = 'the most that may change their segment';
  const outcome = atMost('churn', { metric, value }, maxChurn, meaning);
  if (outcome.verdict === 'pass') return outcome;
  const moves = measured.moves
    .slice(0, TOLD)
    .map(
      ({ from, to, rows }) => `${percent(rows / measured.rows)} from production's segment ${from} to ${to}`,
    )
    .join(', ');
  const approval = `A person may approve this: segue models promote ${version} --override --by NAME --reason TEXT.`;
  return { ...outcome, explanation: `${outcome.explanation} The largest moves: ${moves}. ${approval}` };
}
