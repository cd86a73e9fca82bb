import { useTalk } from '../i18n/words.ts';

export interface Pair {
  readonly id: string;
  readonly name: string;
  readonly colour: string;
  readonly before: number;
  /** Null where nothing is known. */
  readonly now: number | null;
}

/** Two shares of each: what it is (in colour) above what it was (grey). */
export function Pairs({
  pairs,
  label,
  words,
}: {
  pairs: readonly Pair[];
  label: string;
  words: readonly [now: string, before: string];
}) {
  const { percent } = useTalk();
  const most = Math.max(0.05, ...pairs.flatMap(({ before, now }) => [before, now ?? 0]));
  const width = (share: number): number => (100 * share) / most;
  return (
    <ul class="pairs" aria-label={label}>
      {pairs.map(({ id, name, colour, before, now }) => (
        <li key={id}>
          <span class="pairs-name">{name}</span>
          <svg viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true">
            <rect x="0" y="1" width={width(now ?? 0)} height="8" fill={colour} />
            <rect x="0" y="11" width={width(before)} height="4" fill="var(--quiet)" />
          </svg>
          <span class="pairs-figures">
            <strong>
              <span class="visually-hidden">{words[0]} </span>
              {now === null ? '–' : percent(now)}
            </strong>
            <span class="note">
              {words[1]} {percent(before)}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
