import type { Playlist } from 'segue-client';

type Tracks = Playlist['tracks'];

/** For people. */
export function tableOf(tracks: Tracks): string {
  return tracks
    .map(
      ({ features, artist_name, track_name }) =>
        `${features.tempo.toFixed(0).padStart(4)} BPM  ${artist_name ?? 'unknown'} – ${track_name ?? 'unknown'}\n`,
    )
    .join('');
}

/** For players that look tracks up by their Spotify URI. */
export function m3uOf(tracks: Tracks): string {
  const entries = tracks.map(
    ({ track_id, artist_name, track_name }) =>
      `#EXTINF:-1,${oneLine(`${artist_name ?? 'unknown'} - ${track_name ?? 'unknown'}`)}\nspotify:track:${track_id}\n`,
  );
  return `#EXTM3U\n${entries.join('')}`;
}

/** For spreadsheets (RFC 4180). */
export function csvOf(tracks: Tracks): string {
  const rows = tracks.map(({ track_id, artist_name, track_name, genre, features, segment }) =>
    [track_id, artist_name, track_name, genre, features.tempo, segment.segment_id].map(field).join(','),
  );
  return ['track_id,artist_name,track_name,genre,tempo,segment_id', ...rows, ''].join('\r\n');
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

function field(value: string | number | null): string {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
