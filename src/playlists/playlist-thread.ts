/** The thread that answers: it holds views of the indexes, and does one question after the other. */
import { parentPort } from 'node:worker_threads';
import { composeSegments } from './composition.js';
import { mapTracks } from './map.js';
import type { Answers, Kind, Requests, ThreadAnswer, ThreadOrder } from './messages.js';
import { makePlaylist } from './playlist.js';
import { makeProfile } from './profile.js';
import { CatalogueRefusal } from './refusal.js';
import { searchTracks } from './search.js';
import { openIndex, type TrackIndex, trackAt } from './track-index.js';
import { warmUp } from './warm-up.js';

type OrderOf<Name> = Extract<ThreadOrder, { readonly order: Name }>;

const indexes = new Map<string, TrackIndex>();

const MAKE: { readonly [K in Kind]: (index: TrackIndex, request: Requests[K]) => Answers[K] } = {
  playlist: makePlaylist,
  profile: makeProfile,
  composition: composeSegments,
  map: mapTracks,
  tracks: (index, rows) => rows.filter((row) => row < index.rows).map((row) => trackAt(index, row)),
  search: searchTracks,
};

parentPort?.on('message', (message: ThreadOrder) => {
  if (message.order === 'drop') indexes.delete(message.version);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
  else parentPort?.postMessage(message.order === 'hold' ? hold(message) : attempt(message));
});

function hold({ id, version, memory }: OrderOf<'hold'>): ThreadAnswer {
  const index = openIndex(memory);
  if (indexes.size === 0) warmUp(index);
  indexes.set(version, index);
  return { id, held: true };
}

function attempt({ id, version, kind, request }: OrderOf<'answer'>): ThreadAnswer {
  try {
    const index = indexes.get(version);
    return index === undefined
      ? { id, refusal: 'catalogue_loading' }
      : { id, answer: MAKE[kind](index, request as never) };
  } catch (error) {
    return error instanceof CatalogueRefusal ? { id, refusal: error.code } : { id, error };
  }
}
