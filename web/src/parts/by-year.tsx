import type { Compositions } from '../api.ts';
import { Stacks } from '../charts/stacks.tsx';
import { useTalk } from '../i18n/words.ts';
import { Scroll } from './scroll.tsx';
import type { SegmentMark } from './shares.tsx';

/** More years than that are shown by decade. */
const MOST_YEARS = 30;

const DECADE = 10;

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
  const step = last - first >= MOST_YEARS ? DECADE : 1;
  const begin = (year: number): number => Math.floor(year / step) * step;
  const columns = new Map<number, number[]>();
  for (let year = begin(first); year <= last; year += step)
    columns.set(
      year,
      segments.map(() => 0),
    );
  for (const { year, tracks } of by.years) {
    const column = columns.get(begin(year));
    if (column !== undefined)
      for (const { at } of segments) column[at] = (column[at] ?? 0) + (tracks[at] ?? 0);
  }
  const without = by.without_year.reduce((sum, own) => sum + own, 0);
  return (
    <>
      <Scroll label={say('distribution.byYear')}>
        <Stacks
          label={say('distribution.byYear')}
          relative={relative}
          stacks={[...columns].map(([year, tracks]) => ({
            id: String(year),
            label: step === 1 ? String(year) : say('distribution.decade', { year }),
            faded: false,
            parts: segments.map(({ id, at, name, colour }) => ({ id, name, colour, value: tracks[at] ?? 0 })),
          }))}
        />
      </Scroll>
      {without > 0 && <p class="note">{say('distribution.withoutYear', { tracks: count(without) })}</p>}
    </>
  );
}
