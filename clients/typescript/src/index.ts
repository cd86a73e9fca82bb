export { type Problem, type ProblemCode, SegueProblem } from './problem.js';
export { type CallOptions, Segue, type SegueOptions } from './segue.js';
export type {
  Batch,
  ItemAnswer,
  LeanPrediction,
  LineAnswer,
  Model,
  ModelSummary,
  Playlist,
  PlaylistRequest,
  Prediction,
  Profile,
  ProfileRequest,
  Run,
  Segment,
  Track,
} from './types.js';
