import type { Playlist } from './api.ts';

type Track = Omit<Playlist['tracks'][number], 'distance'>;

/** A playlist as a table. */
export function csvOf(tracks: readonly Track[]): string {
  return csvTable(
    tracks.map(({ track_id, artist_name, track_name, genre, popularity, features: { tempo } }) => {
      return { track_id, artist_name, track_name, genre, popularity, tempo };
    }),
  );
}

/** Records of the same members as RFC 4180 has them, with a byte order mark: spreadsheets then read accents. */
export function csvTable(records: readonly Readonly<Record<string, string | number | null>>[]): string {
  const rows = [Object.keys(records[0] ?? {}), ...records.map((record) => Object.values(record))];
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** Extended M3U; Spotify's ids as addresses. */
export function m3uOf(tracks: readonly Track[]): string {
  const entries = tracks.map(({ track_id, artist_name, track_name }) => {
    const title = [artist_name, track_name].filter((part) => part !== null).join(' - ');
    return `#EXTINF:-1,${title.replaceAll(/[\r\n]+/g, ' ')}\nspotify:track:${track_id}\n`;
  });
  return `#EXTM3U\n${entries.join('')}`;
}

/** Has the browser save a file. */
export function download(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  // a spreadsheet would run what begins like a formula
  const safe = /^[=+\-@\t\r]/.test(text) && typeof value === 'string' ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
