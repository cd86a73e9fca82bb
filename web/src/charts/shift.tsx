import { scaleLinear } from 'd3-scale';
import { useTalk } from '../i18n/words.ts';
import { useWidth } from './width.ts';

export interface ShiftProps {
  readonly label: string;
  /** How far the mean moved, in standard deviations of the training tracks; null of no track. */
  readonly shift: number | null;
  /** Least shift that would have been told; null where none could. */
  readonly visible: number | null;
  /** Of the axis, to either side; the same for all features. */
  readonly reach: number;
  readonly told: boolean;
}

const LEAST = 220;
const HEIGHT = 46;
const EDGE = 10;
const MIDDLE = 16;

/** How far to the axis' ends: at least half a standard deviation, and all that is shown. */
export function reachOf(values: readonly (number | null)[]): number {
  return Math.max(0.5, ...values.map((value) => Math.abs(value ?? 0))) * 1.1;
}

/** A mean that moved, from where training had it; in the grey band a shift could not be told from chance. */
export function Shift({ label, shift, visible, reach, told }: ShiftProps) {
  const { say, signed, number } = useTalk();
  const { box, width } = useWidth(LEAST);
  const x = scaleLinear([-reach, reach], [EDGE, width - EDGE]);
  const blind = Math.min(visible ?? reach, reach);
  const colour = told ? 'var(--bad)' : 'var(--ink)';
  const words =
    shift === null
      ? say('drift.noTrack')
      : say('drift.shiftIs', { shift: signed(shift), visible: visible === null ? '∞' : number(visible) });
  return (
    <div ref={box}>
      <svg
        viewBox={`0 0 ${width} ${HEIGHT}`}
        width={width}
        height={HEIGHT}
        role="img"
        aria-label={`${label}: ${words}`}
      >
        <rect
          x={x(-blind)}
          width={x(blind) - x(-blind)}
          y={MIDDLE - 9}
          height={18}
          rx={3}
          fill="var(--line)"
        />
        <line x1={EDGE} x2={width - EDGE} y1={MIDDLE} y2={MIDDLE} stroke="var(--quiet)" />
        <line x1={x(0)} x2={x(0)} y1={MIDDLE - 12} y2={MIDDLE + 12} stroke="var(--soft)" stroke-width="1.5" />
        {shift !== null && (
          <>
            <line x1={x(0)} x2={x(shift)} y1={MIDDLE} y2={MIDDLE} stroke={colour} stroke-width="3" />
            <circle cx={x(shift)} cy={MIDDLE} r="5.5" fill={colour} stroke="var(--card)" stroke-width="1.5" />
          </>
        )}
        <text x={EDGE} y={HEIGHT - 3} class="tick">
          {signed(-reach, 1)}
        </text>
        <text x={x(0)} y={HEIGHT - 3} class="tick" text-anchor="middle">
          {say('drift.asTrained')}
        </text>
        <text x={width - EDGE} y={HEIGHT - 3} class="tick" text-anchor="end">
          {signed(reach, 1)}
        </text>
      </svg>
    </div>
  );
}
