import type { operations } from './schema.js';

type Operation = keyof operations;

type Sent<Name extends Operation> = operations[Name] extends {
  requestBody: { content: { 'application/json': infer Body } };
}
  ? Body
  : never;

type Answered<Name extends Operation> = operations[Name] extends {
  responses: { 200: { content: { 'application/json': infer Body } } };
}
  ? Body
  : never;

/** The five features of a track. */
export type Track = Sent<'predictCluster'>;

/** The segment of a track, and why. */
export type Prediction = Extract<Answered<'predictCluster'>, { segment: unknown }>;

/** The segment's number and the model's version, and no more. */
export type LeanPrediction = Exclude<Answered<'predictCluster'>, { segment: unknown }>;

/** Result i belongs to track i: a prediction, or what is wrong with the track. */
export type Batch = Answered<'predictClusters'>;

export type ItemAnswer = Batch['results'][number];

/** What a line of a stream is answered. */
export type LineAnswer = ItemAnswer & {
  /** Number of the track in the stream, from 1. */
  readonly line: number;
};

/** A segment with its profile. */
export type Segment = Answered<'listClusters'>['clusters'][number];

export type ModelSummary = Answered<'listModels'>['models'][number];

export type Model = Answered<'getModel'>;

export type Run = Answered<'getRun'>;

export type PlaylistRequest = Sent<'createPlaylist'>;

export type Playlist = Answered<'createPlaylist'>;

export type ProfileRequest = Sent<'describeListener'>;

export type Profile = Answered<'describeListener'>;

export type Readiness = Answered<'getReadiness'>;
