import { makePlaylist } from './playlist.js';
import { makeProfile } from './profile.js';
import { type TrackIndex, trackAt } from './track-index.js';

const ROUNDS = 20;
const TRACKS = 200;

/** Does what requests will ask for, so that the first of them finds compiled code and memory that has been touched. */
export function warmUp(index: TrackIndex): void {
  const segments = index.head.centroids.length;
  const tracks = Array.from({ length: Math.min(TRACKS, index.rows) }, (_, i) =>
    trackAt(index, Math.floor((i * index.rows) / TRACKS)),
  );
  const trackIds = tracks.map(({ track_id }) => track_id);
  for (let round = 0; round < ROUNDS; round += 1) {
    const common = { length: 50, variety: round / ROUNDS, seed: round, exclude: trackIds };
    makePlaylist(index, { ...common, from: { segment: round % segments } });
    for (const { features } of tracks.slice(round, round + 1)) {
      makePlaylist(index, { ...common, from: { target: features } });
    }
    makeProfile(index, { listened: { trackIds }, suggestions: 10 });
  }
}
