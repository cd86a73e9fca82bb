import type { Composition } from './composition.js';
import type { TrackMap } from './map.js';
import type { Playlist, PlaylistRequest } from './playlist.js';
import type { Profile, ProfileRequest } from './profile.js';
import type { RefusalCode } from './refusal.js';
import type { Found, SearchRequest } from './search.js';
import type { Track } from './track-index.js';

/** What the playlist thread can be asked for. */
export interface Requests {
  readonly playlist: PlaylistRequest;
  readonly profile: ProfileRequest;
  readonly composition: null;
  readonly map: null;
  /** Rows of tracks, as the map has them. */
  readonly tracks: readonly number[];
  readonly search: SearchRequest;
}

export interface Answers {
  readonly playlist: Playlist;
  readonly profile: Profile;
  readonly composition: Composition;
  readonly map: TrackMap;
  /** In the order asked for; without rows that there are not. */
  readonly tracks: readonly Track[];
  readonly search: Found;
}

export type Kind = keyof Requests;

/** Asks for one of them, of the index of a version. */
export type Ask = <K extends Kind>(version: string, kind: K, request: Requests[K]) => Promise<Answers[K]>;

/** To the playlist thread. */
export type ThreadOrder =
  | {
      readonly order: 'hold';
      readonly id: number;
      readonly version: string;
      readonly memory: SharedArrayBuffer;
    }
  | { readonly order: 'drop'; readonly version: string }
  | {
      readonly order: 'answer';
      readonly id: number;
      readonly version: string;
      readonly kind: Kind;
      readonly request: Requests[Kind];
    };

/** From the playlist thread. */
export type ThreadAnswer =
  | { readonly id: number; readonly held: true }
  | { readonly id: number; readonly answer: Answers[Kind] }
  | { readonly id: number; readonly refusal: RefusalCode }
  | { readonly id: number; readonly error: unknown };
