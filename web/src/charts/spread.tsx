import { scaleLinear } from 'd3-scale';
import { useTalk } from '../i18n/words.ts';
import { useWidth } from './width.ts';

/** Eleven values: least, the nine inner deciles, largest. */
export type Deciles = readonly number[];

export interface SpreadProps {
  readonly label: string;
  readonly unit: string;
  /** What little and much of it mean. */
  readonly ends: readonly [string, string];
  readonly own: Deciles;
  /** Of the whole catalogue. */
  readonly all: Deciles;
  /** Of the axis: the same in every segment, so that segments can be compared by eye. */
  readonly domain: readonly [number, number];
  readonly colour: string;
}

const LEAST = 150;
const HEIGHT = 50;
const EDGE = 6;

/** An axis on which 8 of 10 tracks of each of them can be shown. */
export function commonDomain(all: readonly Deciles[]): [number, number] {
  const low = Math.min(...all.map((deciles) => deciles[1] ?? 0));
  const high = Math.max(...all.map((deciles) => deciles[9] ?? 1));
  return [low, high > low ? high : low + 1];
}

/**
 * How a feature is spread in a segment, above how it is spread in the catalogue: 8 of 10 tracks (line), the middle 4 (bar), the median
 * (dot). From deciles, so a few outliers don't squeeze the rest.
 */
export function Spread({ label, unit, ends, own, all, domain, colour }: SpreadProps) {
  const talk = useTalk();
  const { box, width } = useWidth(LEAST);
  const [low, high] = domain;
  const x = scaleLinear(domain, [EDGE, width - EDGE]);
  const digits = high - low > 20 ? 0 : 2;
  const withUnit = (value: number): string => `${talk.number(value, digits)}${unit === '' ? '' : ` ${unit}`}`;
  const [median, usual] = [withUnit(own[5] ?? 0), withUnit(all[5] ?? 0)];
  return (
    <figure class="spread">
      <figcaption>
        <span>{label}</span>
        <strong>{median}</strong>
        <span class="note">{talk.say('segments.usual', { value: usual })}</span>
      </figcaption>
      <div ref={box}>
        <svg
          viewBox={`0 0 ${width} ${HEIGHT}`}
          width={width}
          height={HEIGHT}
          role="img"
          aria-label={`${label}: ${talk.say('segments.median', { value: median })}, ${talk.say('segments.usual', { value: usual })}`}
        >
          <Band y={10} deciles={own} x={x} colour={colour} />
          <Band y={25} deciles={all} x={x} colour="var(--quiet)" thin />
          <text x={0} y={HEIGHT - 4} class="tick">
            {`${talk.number(low, digits)} ${ends[0]}`}
          </text>
          <text x={width} y={HEIGHT - 4} class="tick" text-anchor="end">
            {`${ends[1]} ${talk.number(high, digits)}`}
          </text>
        </svg>
      </div>
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
  const height = thin ? 5 : 9;
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
      <circle cx={at(5)} cy={y} r={thin ? 3 : 4.5} fill={colour} stroke="var(--card)" stroke-width="1.5" />
    </g>
  );
}
