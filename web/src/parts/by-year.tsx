import type { Compositions } from '../api.ts';
import { Stacks } from '../charts/stacks.tsx';
import { useTalk } from '../i18n/words.ts';
import { Scroll } from './scroll.tsx';
import type { SegmentMark } from './shares.tsx';

/** More years than that are shown by decade; earlier ones than as many decades are only counted: a mistyped year makes no century. */
const MOST_COLUMNS = 30;

const DECADE = 10;

/** Width of a year's column, in pixels. */
const YEAR_WIDTH = 38;

export interface ByYearProps {
  readonly by: Compositions['by'];
  readonly segments: readonly SegmentMark[];
  readonly relative: boolean;
}

/** A column for each year, or each decade where there are many; years without a track keep their place. */
export function ByYear({ by, segments, relative }: ByYearProps) {
  const { say, count } = useTalk();
  const [first, last] = [by.years[0]?.year, by.years.at(-1)?.year];
  if (first === undefined || last === undefined) return <p class="note">{say('distribution.noYear')}</p>;
  const step = last - first >= MOST_COLUMNS ? DECADE : 1;
  const begin = (year: number): number => Math.floor(year / step) * step;
  const from = Math.max(begin(first), begin(last) - (MOST_COLUMNS - 1) * step);
  const columns = new Map<number, number[]>();
  for (let year = from; year <= last; year += step)
    columns.set(
      year,
      segments.map(() => 0),
    );
  for (const { year, tracks } of by.years) {
    const column = columns.get(begin(year));
    if (column !== undefined)
      for (const { at } of segments) column[at] = (column[at] ?? 0) + (tracks[at] ?? 0);
  }
  const without = totalOf(by.without_year);
  const earlier = totalOf(by.years.filter(({ year }) => year < from).map(({ tracks }) => totalOf(tracks)));
  return (
    <>
      <Scroll label={say('distribution.byYear')}>
        <Stacks
          label={say('distribution.byYear')}
          relative={relative}
          {...(step === 1 ? { column: YEAR_WIDTH } : {})}
          stacks={[...columns].map(([year, tracks]) => ({
            id: String(year),
            label: step === 1 ? String(year) : say('distribution.decade', { year }),
            faded: false,
            parts: segments.map(({ id, at, name, colour }) => ({ id, name, colour, value: tracks[at] ?? 0 })),
          }))}
        />
      </Scroll>
      {earlier > 0 && (
        <p class="note">{say('distribution.earlier', { tracks: count(earlier), year: from })}</p>
      )}
      {without > 0 && <p class="note">{say('distribution.withoutYear', { tracks: count(without) })}</p>}
    </>
  );
}

function totalOf(counts: readonly number[]): number {
  return counts.reduce((sum, own) => sum + own, 0);
}
