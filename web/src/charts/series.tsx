import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { Limit } from './limit.tsx';
import { type Reign, Reigns } from './reigns.tsx';
import { Point } from './series-point.tsx';
import { useWidth } from './width.ts';

export interface SeriesPoint {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly label: string;
  readonly value: number | null;
  readonly ci95?: readonly number[] | null;
  /** What it had to reach; null where that isn't known. */
  readonly limit?: number | null;
  readonly refused: boolean;
  readonly current: boolean;
}

export interface SeriesProps {
  readonly points: readonly SeriesPoint[];
  readonly label: string;
  /** What the points' limits are called. */
  readonly limitName?: string;
  readonly format: (value: number) => string;
  /** The smallest difference that `format` shows: the axis has no finer one. */
  readonly grain: number;
  readonly height?: number;
  /** What was in production when, below the points. */
  readonly reigns?: readonly Reign[];
  readonly chosen?: string | undefined;
  readonly onChoose?: (id: string) => void;
}

const [LEFT, RIGHT, TOP, FOOT, BAND] = [52, 60, 10, 24, 30] as const;

const LEAST = 240;

/** Least distance of two dates on the axis, in pixels. */
const DATES = 88;

/** A figure over time: filled points were accepted, crossed ones refused; the last one carries its value. */
export function Series(props: SeriesProps) {
  const { points, label, limitName, format, grain, height = 150, reigns, chosen, onChoose } = props;
  const { box, width } = useWidth(LEAST);
  const foot = FOOT + (reigns === undefined ? 0 : BAND);
  const [first = 0, latest = 0] = extent(points, ({ time }) => time);
  const middle = (LEFT + width - RIGHT) / 2;
  const x = scaleLinear([first, latest], first === latest ? [middle, middle] : [LEFT + 20, width - RIGHT]);
  const limits = points.flatMap(({ time, limit }) => (typeof limit === 'number' ? [{ time, limit }] : []));
  const values = points.flatMap(({ value, ci95 }) => (value === null ? [] : [value, ...(ci95 ?? [])]));
  const [low = 0, high = 1] = extent([...values, ...limits.map(({ limit }) => limit)]);
  const pad = Math.max((high - low) * 0.15, grain);
  const y = scaleLinear([low - pad, high + pad], [height - foot, TOP]);
  const shown = points.filter((point): point is SeriesPoint & { value: number } => point.value !== null);
  const path = line<SeriesPoint & { value: number }>(
    ({ time }) => x(time),
    ({ value }) => y(value),
  );
  const last = shown.at(-1);
  return (
    <div ref={box} class="chart">
      <svg
        class="series"
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        role="group"
        aria-label={label}
      >
        {y
          .ticks(height > 200 ? 5 : 3)
          .filter((tick) => Math.abs(tick / grain - Math.round(tick / grain)) < 1e-6)
          .map((tick) => (
            <g key={tick}>
              <line x1={LEFT} x2={width - RIGHT + 12} y1={y(tick)} y2={y(tick)} stroke="var(--line)" />
              <text x={LEFT - 8} y={y(tick)} dy="0.32em" text-anchor="end" class="tick">
                {format(tick)}
              </text>
            </g>
          ))}
        {limitName !== undefined && (
          <Limit
            limits={limits.map(({ time, limit }) => [x(time), y(limit)])}
            ends={[LEFT, width - RIGHT + 12]}
            words={`${limitName} ${format(limits.at(-1)?.limit ?? 0)}`}
          />
        )}
        <path
          d={path(shown.filter(({ refused }) => !refused)) ?? ''}
          fill="none"
          stroke="var(--quiet)"
          stroke-width="1.5"
        />
        {shown.map((point) => (
          <Point
            key={point.id}
            {...point}
            at={[x(point.time), y(point.value)]}
            sure={point.ci95?.map(y)}
            words={`${point.label}: ${format(point.value)}`}
            chosen={point.id === chosen}
            onChoose={onChoose}
          />
        ))}
        {last !== undefined && (
          <text x={x(last.time) + 12} y={y(last.value)} dy="0.35em" class="value">
            {format(last.value)}
          </text>
        )}
        {datesOf(points, x).map(({ id, time, label: date }) => (
          <text key={id} x={x(time)} y={height - foot + 18} text-anchor="middle" class="tick">
            {date}
          </text>
        ))}
        {reigns !== undefined && (
          <Reigns reigns={reigns} x={x} ends={[LEFT, width]} top={height - BAND + 6} />
        )}
      </svg>
    </div>
  );
}

/** The newest date, and of the others as many as have room. */
function datesOf(points: readonly SeriesPoint[], x: (time: number) => number): SeriesPoint[] {
  const shown: SeriesPoint[] = [];
  for (const point of points.toReversed()) {
    const next = shown.at(-1);
    if (next === undefined || x(next.time) - x(point.time) >= DATES) shown.push(point);
  }
  return shown;
}
