import { extent } from 'd3-array';
import { scaleLinear, scalePoint } from 'd3-scale';
import { line } from 'd3-shape';

export interface SeriesPoint {
  readonly id: string;
  readonly label: string;
  readonly value: number | null;
  readonly ci95?: readonly number[] | null;
  readonly refused: boolean;
  readonly current: boolean;
}

export interface SeriesProps {
  readonly points: readonly SeriesPoint[];
  readonly label: string;
  /** A line across, with its name. */
  readonly limit?: { readonly value: number; readonly name: string } | undefined;
  readonly format: (value: number) => string;
  readonly width?: number;
  readonly height?: number;
  readonly chosen?: string | undefined;
  readonly onChoose?: (id: string) => void;
}

const LEFT = 8;
const RIGHT = 70;

/** A figure, retrain by retrain: filled points were accepted, crossed ones refused; the last one carries its value. */
export function Series({
  points,
  label,
  limit,
  format,
  width = 380,
  height = 130,
  chosen,
  onChoose,
}: SeriesProps) {
  const x = scalePoint(
    points.map(({ id }) => id),
    [LEFT + 12, width - RIGHT],
  ).padding(points.length === 1 ? 0.5 : 0);
  const values = points.flatMap(({ value, ci95 }) => (value === null ? [] : [value, ...(ci95 ?? [])]));
  const [low = 0, high = 1] = extent([...values, ...(limit === undefined ? [] : [limit.value])]);
  const pad = (high - low || Math.abs(high) || 1) * 0.15;
  const y = scaleLinear([low - pad, high + pad], [height - 22, 8]);
  const shown = points.filter((point): point is SeriesPoint & { value: number } => point.value !== null);
  const path = line<SeriesPoint & { value: number }>(
    (point) => x(point.id) ?? 0,
    (point) => y(point.value),
  );
  const last = shown.at(-1);
  return (
    <svg class="series" viewBox={`0 0 ${width} ${height}`} width={width} role="group" aria-label={label}>
      {limit !== undefined && (
        <g>
          <line
            x1={LEFT}
            x2={width - RIGHT + 10}
            y1={y(limit.value)}
            y2={y(limit.value)}
            stroke="var(--bad)"
            stroke-dasharray="4 3"
          />
          <text x={LEFT} y={y(limit.value) - 5} class="tick">{`${limit.name} ${format(limit.value)}`}</text>
        </g>
      )}
      <path
        d={path(shown.filter(({ refused }) => !refused)) ?? ''}
        fill="none"
        stroke="var(--quiet)"
        stroke-width="1.5"
      />
      {shown.map(({ id, label: name, value, ci95, refused, current }) => (
        <g
          key={id}
          class={`point${id === chosen ? ' chosen' : ''}`}
          {...(onChoose === undefined
            ? {}
            : {
                role: 'button',
                tabindex: 0, // on SVG, Preact sets attributes as they are written
                'aria-label': `${name}: ${format(value)}`,
                'aria-pressed': id === chosen,
                onClick: () => onChoose(id),
                onKeyDown: (event: KeyboardEvent) => {
                  if (event.key !== 'Enter' && event.key !== ' ') return;
                  event.preventDefault();
                  onChoose(id);
                },
              })}
        >
          <title>{`${name}: ${format(value)}`}</title>
          <circle cx={x(id)} cy={y(value)} r="14" fill="transparent" />
          {ci95?.[0] !== undefined && ci95[1] !== undefined && (
            <line
              x1={x(id)}
              x2={x(id)}
              y1={y(ci95[0])}
              y2={y(ci95[1])}
              stroke="var(--ink)"
              stroke-width="1"
            />
          )}
          {refused ? (
            <path
              d={`M${(x(id) ?? 0) - 5},${y(value) - 5}l10,10m0,-10l-10,10`}
              stroke="var(--bad)"
              stroke-width="2.5"
            />
          ) : (
            <circle
              cx={x(id)}
              cy={y(value)}
              r={current ? 6 : 4.5}
              fill={current ? 'var(--accent)' : 'var(--ink)'}
              stroke="var(--page)"
              stroke-width="1.5"
            />
          )}
        </g>
      ))}
      {last !== undefined && (
        <text x={(x(last.id) ?? 0) + 12} y={y(last.value)} dy="0.35em" class="value">
          {format(last.value)}
        </text>
      )}
      {points.length > 0 && (
        <g class="tick">
          <text x={x(points[0]!.id)} y={height - 4} text-anchor="start">
            {points[0]!.label}
          </text>
          {points.length > 1 && (
            <text x={x(points.at(-1)!.id)} y={height - 4} text-anchor="middle">
              {points.at(-1)!.label}
            </text>
          )}
        </g>
      )}
    </svg>
  );
}
