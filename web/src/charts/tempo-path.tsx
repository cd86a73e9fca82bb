import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { curveMonotoneX, line } from 'd3-shape';
import { useWidth } from './width.ts';

const LEAST = 240;
const HEIGHT = 120;

/** The tempo of a playlist, track by track. */
export function TempoPath({
  tempos,
  colour,
  label,
  format,
}: {
  tempos: readonly number[];
  colour: string;
  label: string;
  format: (value: number) => string;
}) {
  const { box, width } = useWidth(LEAST);
  const [low = 0, high = 1] = extent(tempos);
  const x = scaleLinear([0, Math.max(1, tempos.length - 1)], [10, width - 10]);
  const y = scaleLinear([low, high === low ? low + 1 : high], [HEIGHT - 24, 22]);
  const path = line<number>((_, i) => x(i), y).curve(curveMonotoneX);
  return (
    <div ref={box}>
      <svg
        class="tempo"
        viewBox={`0 0 ${width} ${HEIGHT}`}
        width={width}
        height={HEIGHT}
        role="img"
        aria-label={`${label}: ${format(low)} – ${format(high)}`}
      >
        <path d={path(tempos) ?? ''} fill="none" stroke={colour} stroke-width="2" />
        {tempos.map((tempo, i) => (
          <circle key={`${i} ${tempo}`} cx={x(i)} cy={y(tempo)} r="2.5" fill={colour} />
        ))}
        <text x="10" y="14" class="tick">{`${format(high)} BPM`}</text>
        <text x="10" y={HEIGHT - 6} class="tick">{`${format(low)} BPM`}</text>
      </svg>
    </div>
  );
}
