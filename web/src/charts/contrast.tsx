import { useTalk } from '../i18n/words.ts';

export interface Bar {
  readonly label: string;
  /** Signed; on a scale that all bars of the chart share. */
  readonly value: number;
}

/** Signed bars from a middle line, the longest first, each with its figure. */
export function Contrast({ bars, colour, label }: { bars: readonly Bar[]; colour: string; label: string }) {
  const { signed } = useTalk();
  const largest = Math.max(0.5, ...bars.map(({ value }) => Math.abs(value)));
  return (
    <ul class="contrast" aria-label={label}>
      {bars
        .toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value))
        .map((bar) => {
          const width = (50 * Math.abs(bar.value)) / largest;
          return (
            <li key={bar.label}>
              <span class="contrast-label">{bar.label}</span>
              <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                <line x1="50" x2="50" y1="0" y2="10" stroke="var(--line)" stroke-width="0.6" />
                <rect x={bar.value < 0 ? 50 - width : 50} y="2" width={width} height="6" fill={colour} />
              </svg>
              <span class="contrast-value">{signed(bar.value)}</span>
            </li>
          );
        })}
    </ul>
  );
}
