// Type-checked against the installed package: what should compile does, and what should not doesn't.
import { type LeanPrediction, type Prediction, Segue, SegueProblem, type Track } from 'segue-client';

const segue = new Segue({ url: 'http://127.0.0.1:8080', key: 'segue_a_b' });
const track: Track = {
  instrumentalness: 0.0004,
  speechiness: 0.052,
  danceability: 0.64,
  valence: 0.47,
  tempo: 121.5,
};

export async function wellTyped(): Promise<string> {
  const full: Prediction = await segue.predict(track);
  const lean: LeanPrediction = await segue.predict(track, { detail: 'lean' });
  const { results } = await segue.predictMany([track]);
  const first = results[0]!;
  const told = 'prediction' in first ? first.prediction.cluster_id : first.problem.code;
  for await (const answer of segue.predictStream([track])) if ('problem' in answer) break;
  for await (const { name } of segue.segments()) name.es.trim();
  const { tracks, shortfall } = await segue.playlist({ target: { tempo: 128 }, length: 10 });
  return `${full.segment.segment_id} ${lean.cluster_id} ${told} ${tracks[0]?.features.tempo} ${shortfall?.reason}`;
}

export function explain(error: unknown): string {
  if (!(error instanceof SegueProblem)) return 'no answer';
  if (error.code === 'overloaded') return `again in ${error.retryAfter} s`;
  return error.errors.map(({ field, rule }) => `${field} ${rule}`).join();
}

export async function badlyTyped(): Promise<void> {
  // @ts-expect-error a feature is missing
  await segue.predict({ tempo: 120 });
  // @ts-expect-error a number is wanted
  await segue.predict({ ...track, tempo: '120' });
  // @ts-expect-error no such detail
  await segue.predict(track, { detail: 'most' });
  // @ts-expect-error the lean form has no segment
  const { segment: _absent } = await segue.predict(track, { detail: 'lean' });
  // @ts-expect-error no such field
  await segue.playlist({ mood: 'sad' });
  // @ts-expect-error a key is needed
  await new Segue({ url: 'http://127.0.0.1:8080' }).ready();
}
