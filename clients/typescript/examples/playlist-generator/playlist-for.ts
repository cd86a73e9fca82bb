import type { Playlist, Profile, Segue } from 'segue-client';

export interface Wish {
  /** Ids of tracks that the listener knows and likes. */
  readonly known: readonly string[];
  readonly length: number;
  readonly variety: number;
  readonly seed: number;
}

/**
 * A playlist for a listener: tracks like the middle of what they like most, none that they know. Who likes two kinds of music is best
 * served from the larger one: between both lies a third.
 */
export async function playlistFor(
  segue: Segue,
  { known, length, variety, seed }: Wish,
): Promise<{ readonly profile: Profile; readonly playlist: Playlist }> {
  const profile = await segue.profile({ track_ids: [...known], suggestions: 0 });
  const [favourite] = profile.segments.toSorted((a, b) => b.share - a.share);
  if (favourite === undefined || profile.centre === null)
    throw new Error('None of these tracks is in the catalogue.');
  const playlist = await segue.playlist({
    segment: favourite.segment.segment_id,
    length,
    variety,
    seed,
    exclude: [...known],
  });
  return { profile, playlist };
}
