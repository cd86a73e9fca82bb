import { curveStep, line } from 'd3-shape';

export interface LimitProps {
  /** Where each limit lies, in pixels, from left to right. */
  readonly limits: readonly (readonly [number, number])[];
  /** Where the line begins and ends, in pixels. */
  readonly ends: readonly [number, number];
  readonly words: string;
}

/** What points had to reach, each its own: a line with a step where the limit changed. */
export function Limit({ limits, ends: [left, right], words }: LimitProps) {
  const [first, last] = [limits[0], limits.at(-1)];
  if (first === undefined || last === undefined) return null;
  const across: [number, number][] = [
    [left, first[1]],
    ...limits.map(([x, y]): [number, number] => [x, y]),
    [right, last[1]],
  ];
  const path = line().curve(curveStep)(across);
  return (
    <g>
      <path d={path ?? ''} fill="none" stroke="var(--bad)" stroke-dasharray="4 3" />
      <text x={right} y={last[1] + 15} text-anchor="end" class="tick limit">
        {words}
      </text>
    </g>
  );
}
