/** Milliseconds that half, 95 and 99 of 100 requests stay below. */
export interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export interface PlaylistFigures {
  /** Tracks in the index. */
  readonly tracks: number;
  /** Of each form. */
  readonly requests: number;
  /** From the start of a server until playlists are answered, where the index has to be made, s. */
  readonly buildSeconds: number;
  /** The same where it is there, s. */
  readonly loadSeconds: number;
  readonly bytesPerTrack: number;
  /** The server's resident set after it all, MiB. */
  readonly residentMib: number;
  readonly forms: readonly { readonly name: string; readonly ms: Spread }[];
  readonly predictions: { readonly alone: Spread; readonly busy: Spread };
}

/** The bar of issue 4 for a request on a million tracks. */
const BAR_MS = 20;

export function spreadOf(ms: readonly number[]): Spread {
  const sorted = ms.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

export function renderPlaylists(figures: PlaylistFigures, machine: string): string {
  const { tracks, requests, forms, predictions } = figures;
  const above = forms.filter(({ ms }) => ms.p95 >= BAR_MS).map(({ name }) => name);
  return [
    '# `npm run bench:playlists`',
    '',
    `${tracks.toLocaleString('en')} synthetic tracks; ${requests} requests of each form, interleaved, one connection, client and server on the same machine: from sending the request to the last byte of the answer.`,
    '',
    machine,
    '',
    above.length === 0
      ? `Of every form, 95 of 100 requests take less than ${BAR_MS} ms.`
      : `**Above ${BAR_MS} ms** at P95: ${above.join('; ')}.`,
    '',
    '| request | p50, ms | p95, ms | p99, ms |',
    '| --- | ---: | ---: | ---: |',
    ...forms.map(({ name, ms }) => row(name, ms)),
    row('prediction of one track, alone', predictions.alone),
    row('prediction of one track, while playlists are asked for', predictions.busy),
    '',
    `From the start of a server until playlists are answered: ${figures.buildSeconds.toFixed(1)} s where the index has to be made, ${figures.loadSeconds.toFixed(1)} s where it is there. The index takes ${figures.bytesPerTrack.toFixed(1)} bytes a track; the server ${figures.residentMib.toLocaleString('en')} MiB in all.`,
    '',
  ].join('\n');
}

function row(name: string, { p50, p95, p99 }: Spread): string {
  return `| ${name} | ${p50.toFixed(2)} | ${p95.toFixed(2)} | ${p99.toFixed(2)} |`;
}
