import type { Composition } from '../api.ts';
import { useTalk } from '../i18n/words.ts';

/** Genres below this share of a segment say little of it. */
const LEAST_SHARE = 0.01;

const MOST_GENRES = 6;

/** Genres that are more frequent in a segment than in the catalogue, and how well known its tracks are. */
export function Genres({
  composition: { genres, tracks, popularity },
  colour,
}: {
  composition: Composition;
  colour: string;
}) {
  const { say, number, count } = useTalk();
  const frequent = genres
    .filter((genre) => genre.tracks >= LEAST_SHARE * tracks && genre.lift > 1)
    .toSorted((a, b) => b.lift - a.lift)
    .slice(0, MOST_GENRES);
  const most = Math.max(1, ...frequent.map(({ lift }) => lift));
  return (
    <>
      {frequent.length > 0 && (
        <>
          <h3>{say('segments.genres')}</h3>
          <p class="note">{say('segments.genresHelp')}</p>
          <ul class="contrast">
            {frequent.map(({ genre, lift }) => (
              <li key={genre}>
                <span class="contrast-label">{genre}</span>
                <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                  <rect x="0" y="2" width={(100 * lift) / most} height="6" fill={colour} />
                </svg>
                <span class="contrast-value">{say('segments.times', { times: number(lift, 1) })}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {popularity !== null && (
        <p class="note">
          {say('segments.popular', { median: count(popularity[5] ?? 0), high: count(popularity[9] ?? 0) })}
        </p>
      )}
    </>
  );
}
