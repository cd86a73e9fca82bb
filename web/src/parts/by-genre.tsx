import type { Compositions } from '../api.ts';
import { useTalk } from '../i18n/words.ts';
import { addressOf } from '../url.ts';
import { Scroll } from './scroll.tsx';
import type { SegmentMark } from './shares.tsx';

/** Genres that are shown until more are asked for. */
const FEW = 10;

export interface ByGenreProps {
  readonly by: Compositions['by'];
  readonly segments: readonly SegmentMark[];
  /** Whether each bar is as long as the others. */
  readonly relative: boolean;
  readonly all: boolean;
}

/** A bar for each of the most frequent genres, its segments side by side, and the largest of them by name. */
export function ByGenre({ by, segments, relative, all }: ByGenreProps) {
  const { say, count, percent } = useTalk();
  if (by.genres.length === 0) return <p class="note">{say('distribution.noGenre')}</p>;
  const rows = [
    ...by.genres
      .slice(0, all ? undefined : FEW)
      .map(({ genre, tracks }) => ({ id: `genre ${genre}`, name: genre, tracks })),
    {
      id: 'other',
      name: say('distribution.otherGenres'),
      tracks: by.genres
        .slice(all ? by.genres.length : FEW)
        .reduce((sum, { tracks }) => sum.map((own, i) => own + (tracks[i] ?? 0)), by.other_genres),
    },
    { id: 'none', name: say('distribution.withoutGenre'), tracks: by.without_genre },
  ]
    .map((row) => ({ ...row, total: row.tracks.reduce((sum, own) => sum + own, 0) }))
    .filter(({ total }) => total > 0);
  const most = Math.max(...rows.map(({ total }) => total));
  return (
    <>
      <Scroll label={say('distribution.byGenre')}>
        <table class="share-rows">
          <thead>
            <tr>
              <th scope="col">{say('distribution.genre')}</th>
              <th scope="col">{say('distribution.segments')}</th>
              <th scope="col" class="figure">
                {say('distribution.tracks')}
              </th>
              <th scope="col">{say('distribution.most')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, name, tracks, total }) => {
              const largest = segments.toSorted((a, b) => (tracks[b.at] ?? 0) - (tracks[a.at] ?? 0))[0];
              return (
                <tr key={id}>
                  <th scope="row">{name}</th>
                  <td>
                    <Bar segments={segments} tracks={tracks} of={relative ? total : most} />
                  </td>
                  <td class="figure">{count(total)}</td>
                  <td>
                    {largest !== undefined && (
                      <>
                        {largest.name} <span class="value">{percent((tracks[largest.at] ?? 0) / total)}</span>
                      </>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
      {by.genres.length > FEW && (
        <p>
          <a href={addressOf('/distribution', { genres: all ? undefined : 'all' })} data-inside>
            {all
              ? say('distribution.fewGenres')
              : say('distribution.moreGenres', { genres: by.genres.length })}
          </a>
        </p>
      )}
    </>
  );
}

/** Segments side by side, in their order everywhere. */
function Bar({
  segments,
  tracks,
  of,
}: {
  readonly segments: readonly SegmentMark[];
  readonly tracks: readonly number[];
  readonly of: number;
}) {
  const { count, percent } = useTalk();
  const total = tracks.reduce((sum, own) => sum + own, 0);
  const told = segments.map(({ at, name }) => `${name} ${percent((tracks[at] ?? 0) / total)}`);
  let before = 0;
  return (
    <svg viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label={told.join(', ')}>
      {segments.map(({ at, name, colour }) => {
        const own = tracks[at] ?? 0;
        const x = (100 * before) / of;
        before += own;
        return (
          <rect key={at} x={x} y="0" width={(100 * own) / of} height="10" fill={colour}>
            <title>{`${name}: ${percent(own / total)}, ${count(own)}`}</title>
          </rect>
        );
      })}
    </svg>
  );
}
