import { scaleLinear } from 'd3-scale';
import { useTalk } from '../i18n/words.ts';

/** Eleven values: least, the nine inner deciles, largest. */
export type Deciles = readonly number[];

export interface SpreadProps {
  readonly label: string;
  readonly unit: string;
  readonly own: Deciles;
  /** Of the whole catalogue, on the same scale. */
  readonly all: Deciles;
  readonly colour: string;
}

const WIDTH = 260;
const HEIGHT = 54;
const EDGE = 8;

/**
 * How a feature is spread in a segment, above how it is spread in the catalogue: 8 of 10 tracks (line), the middle 4 (bar), the median
 * (dot). From deciles, so a few outliers don't squeeze the rest.
 */
export function Spread({ label, unit, own, all, colour }: SpreadProps) {
  const talk = useTalk();
  const low = Math.min(own[1] ?? 0, all[1] ?? 0);
  const high = Math.max(own[9] ?? 1, all[9] ?? 1);
  const x = scaleLinear([low, high === low ? low + 1 : high], [EDGE, WIDTH - EDGE]);
  const digits = high - low > 20 ? 0 : high - low > 0.5 ? 2 : 3;
  const median = talk.number(own[5] ?? 0, digits);
  const summary = `${label}: ${talk.say('segments.median', { value: `${median}${unit === '' ? '' : ` ${unit}`}` })}`;
  return (
    <figure class="spread">
      <figcaption>
        <span>{label}</span>
        <strong>
          {median}
          {unit === '' ? '' : ` ${unit}`}
        </strong>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} role="img" aria-label={summary}>
        <Band y={14} deciles={own} x={x} colour={colour} />
        <Band y={30} deciles={all} x={x} colour="var(--quiet)" thin />
        <text x={x(low)} y={HEIGHT - 4} class="tick">
          {talk.number(low, digits)}
        </text>
        <text x={x.range()[1]} y={HEIGHT - 4} class="tick" text-anchor="end">
          {talk.number(high, digits)}
        </text>
      </svg>
    </figure>
  );
}

interface BandProps {
  readonly y: number;
  readonly deciles: Deciles;
  readonly x: (value: number) => number;
  readonly colour: string;
  readonly thin?: boolean;
}

function Band({ y, deciles, x, colour, thin = false }: BandProps) {
  const at = (i: number): number => x(deciles[i] ?? 0);
  const height = thin ? 4 : 8;
  return (
    <g>
      <line x1={at(1)} x2={at(9)} y1={y} y2={y} stroke={colour} stroke-width={thin ? 1 : 1.5} />
      <rect
        x={at(3)}
        y={y - height / 2}
        width={Math.max(1, at(7) - at(3))}
        height={height}
        rx={height / 2}
        fill={colour}
        fill-opacity={thin ? 0.5 : 0.55}
      />
      <circle cx={at(5)} cy={y} r={thin ? 2.5 : 4} fill={colour} stroke="var(--page)" stroke-width="1.5" />
    </g>
  );
}
