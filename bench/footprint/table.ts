/** What one connection carried, as TCP saw it, a request. */
export interface Carried {
  /** Request line, headers and body, bytes. */
  readonly asked: number;
  /** Status line, headers and body, bytes. */
  readonly answered: number;
}

export interface FootprintFigures {
  readonly machine: string;
  /** Rows of the source. */
  readonly tracks: number;
  /** Bytes of the source, plain CSV. */
  readonly sourceBytes: number;
  /** What T1 leaves behind for a run. */
  readonly datasetBytes: number;
  /** A version with its checksums. */
  readonly versionBytes: number;
  /** Record, decision and log of a run. */
  readonly runBytes: number;
  /** What a run adds to the ledger. */
  readonly ledgerBytes: number;
  /** The service's track index of a version. */
  readonly indexBytes: number;
  /** The service with the process that makes its index, at most, until playlists are answered; the smaller catalogue first. */
  readonly servingPeaks: readonly { readonly tracks: number; readonly mib: number }[];
  readonly requests: number;
  readonly prediction: Carried;
  readonly playlist: Carried;
  /** What the service logs of an answered request, and of a refused one (422), bytes. */
  readonly logged: { readonly answered: number; readonly refused: number };
  /** One scrape of one process that has answered every kind of request. */
  readonly scrape: { readonly series: number; readonly bytes: number };
}

export function renderFootprint(figures: FootprintFigures): string {
  const { tracks, prediction, playlist, logged, scrape } = figures;
  const stored = (what: string, bytes: number, perTrack: boolean): string =>
    `| ${what} | ${count(bytes)} | ${perTrack ? (bytes / tracks).toFixed(1) : ''} |`;
  return [
    '# `npm run bench:footprint`',
    '',
    `What a run of ${count(tracks)} synthetic tracks (k = 8) leaves behind, and what requests carry. Counts of bytes: they hardly vary.`,
    '',
    figures.machine,
    '',
    '| stored | bytes | a track |',
    '| --- | ---: | ---: |',
    stored('the source, CSV', figures.sourceBytes, true),
    stored('datasets of a run (`datasets/<run>`)', figures.datasetBytes, true),
    stored('track index of a version (`indexes/`)', figures.indexBytes, true),
    stored('a version (`models/<version>`)', figures.versionBytes, false),
    stored('record, decision and log of a run (`runs/<run>`)', figures.runBytes, false),
    stored('its lines in the ledger', figures.ledgerBytes, false),
    '',
    '| a service that starts on | takes at most, MiB |',
    '| --- | ---: |',
    ...figures.servingPeaks.map((peak) => `| ${count(peak.tracks)} tracks | ${count(peak.mib)} |`),
    '',
    'It and the process that makes its index of the tracks, until playlists are answered; resident sets added up.',
    '',
    '| a request, bytes of TCP without TLS | asked | answered |',
    '| --- | ---: | ---: |',
    `| prediction of one track | ${count(prediction.asked)} | ${count(prediction.answered)} |`,
    `| playlist of 30 tracks | ${count(playlist.asked)} | ${count(playlist.answered)} |`,
    '',
    `Means of ${count(figures.requests)} requests on one kept-alive connection, not compressed. At the log's level \`info\` the service writes ${count(logged.answered)} bytes for an answered request and ${count(logged.refused)} for a refused one. A scrape of \`/metrics\` has ${count(scrape.series)} samples in ${count(scrape.bytes)} bytes.`,
    '',
  ].join('\n');
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}
