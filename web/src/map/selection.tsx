import { useState } from 'preact/hooks';
import type { Cluster } from '../api.ts';
import { useTalk } from '../i18n/words.ts';
import { csvTable, download, m3uOf } from '../playlist-files.ts';
import { inPlayingOrder } from './playing-order.ts';
import { countBySegment, spreadOver } from './rows.ts';
import { columnsOf, isModelChanged, type MapTrack, tracksOf } from './tracks.ts';

/** Tracks of a file, and of a playlist, at most. */
const [MOST_IN_FILE, MOST_IN_PLAYLIST] = [20_000, 200];

export interface SelectionProps {
  /** Rows that were drawn around, in their order. */
  readonly rows: readonly number[];
  readonly segmentRows: readonly number[];
  readonly clusters: readonly Cluster[];
  readonly onClear: () => void;
  readonly version: string;
  readonly onChanged: () => void;
}

/** What was drawn around: how many of each segment, and ways to take it along. */
export function Selection({ rows, segmentRows, clusters, onClear, version, onChanged }: SelectionProps) {
  const { say, language, count, percent } = useTalk();
  const [progress, setProgress] = useState<number>();
  const [fault, setFault] = useState<string>();
  const counts = countBySegment(rows, segmentRows);
  const present = clusters
    .map((cluster) => ({ ...cluster, tracks: counts[cluster.cluster_id] ?? 0 }))
    .filter(({ tracks }) => tracks > 0)
    .toSorted((a, b) => b.tracks - a.tracks);
  const take = async (most: number, save: (tracks: readonly MapTrack[]) => void): Promise<void> => {
    setFault(undefined);
    setProgress(0);
    try {
      save(await tracksOf(version, spreadOver(rows, most), setProgress));
    } catch (error) {
      if (isModelChanged(error)) onChanged();
      else setFault(say('map.takeFailed'));
    }
    setProgress(undefined);
  };
  const busy = progress !== undefined;
  return (
    <section class="card selection" aria-label={say('map.selection')}>
      <p role="status">
        <strong>{say('map.chosen', { count: count(rows.length) })}</strong>
      </p>
      <ul class="counts">
        {present.map(({ segment_id, name, colour, tracks }) => (
          <li key={segment_id}>
            <span class="swatch" ref={(mark) => mark?.style.setProperty('background', colour)} />
            {name[language]} <strong>{count(tracks)}</strong>{' '}
            <span class="note">{percent(tracks / rows.length, 0)}</span>
          </li>
        ))}
      </ul>
      <p class="choices no-print">
        {rows.length > 0 && (
          <>
            <button
              type="button"
              class="main"
              disabled={busy}
              onClick={() =>
                void take(MOST_IN_PLAYLIST, (tracks) =>
                  download('playlist.m3u8', 'audio/x-mpegurl', m3uOf(inPlayingOrder(tracks))),
                )
              }
            >
              {say('map.playlist')}
            </button>
            <button
              type="button"
              disabled={busy}
              onClick={() =>
                void take(MOST_IN_FILE, (tracks) =>
                  download(
                    'tracks.csv',
                    'text/csv',
                    csvTable(tracks.map((track) => columnsOf(track, language))),
                  ),
                )
              }
            >
              {say('map.csv')}
            </button>
          </>
        )}
        <button type="button" onClick={onClear}>
          {say('map.clear')}
        </button>
      </p>
      <p class="note" role="status">
        {busy && say('map.taking', { share: percent(progress, 0) })}
      </p>
      {fault !== undefined && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      {rows.length > MOST_IN_PLAYLIST && (
        <p class="note">{say('map.mostInPlaylist', { most: count(MOST_IN_PLAYLIST) })}</p>
      )}
      {rows.length > MOST_IN_FILE && (
        <p class="warning">
          {say('map.mostInFile', { most: count(MOST_IN_FILE), count: count(rows.length) })}
        </p>
      )}
    </section>
  );
}
