/** A version's time in production. */
export interface Reign {
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly from: number;
  /** Null while it goes on. */
  readonly to: number | null;
  readonly words: string;
}

export interface ReignsProps {
  readonly reigns: readonly Reign[];
  readonly x: (time: number) => number;
  /** Where the strip begins and ends, in pixels. */
  readonly ends: readonly [number, number];
  readonly top: number;
}

const HEIGHT = 20;

/** Pixels that a version's name needs. */
const NAME = 110;

/** A strip below a figure over time: which version was in production when. */
export function Reigns({ reigns, x, ends: [left, right], top }: ReignsProps) {
  const within = (at: number): number => Math.min(right, Math.max(left, at));
  return (
    <g class="reigns">
      {reigns.map(({ version, from, to, words }) => {
        const [start, end] = [within(x(from)), to === null ? right : within(x(to))];
        return (
          <g key={from}>
            <title>{words}</title>
            <rect
              x={start}
              y={top}
              width={Math.max(2, end - start - 2)}
              height={HEIGHT}
              rx="3"
              fill={to === null ? 'var(--accent)' : 'var(--line)'}
            />
            {end - start > NAME && (
              <text x={start + 8} y={top + HEIGHT / 2} dy="0.35em" class={to === null ? 'on' : ''}>
                {version}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}
