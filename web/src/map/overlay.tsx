import type { Corner, Label } from './places.ts';

export interface OverlayProps {
  readonly size: Corner;
  readonly labels: readonly Label[];
  /** Corners of what is being drawn around, in pixels. */
  readonly outline: readonly Corner[];
  /** Places of the tracks that were found, in pixels. */
  readonly rings: readonly { readonly at: Corner; readonly isChosen: boolean }[];
}

/** What lies above the points: names of segments, rings around what was found, the line that is drawn. */
export function Overlay({ size: [width, height], labels, outline, rings }: OverlayProps) {
  return (
    <svg class="over" aria-hidden="true" width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      {labels.map(({ text, left, top }) => (
        <text key={text} x={left} y={top} text-anchor="middle">
          {text}
        </text>
      ))}
      {rings.map(({ at: [x, y], isChosen }, i) => (
        <g key={i} class={isChosen ? 'ring chosen' : 'ring'}>
          <circle class="halo" cx={x} cy={y} r={isChosen ? 13 : 8} />
          <circle cx={x} cy={y} r={isChosen ? 13 : 8} />
        </g>
      ))}
      <polygon points={outline.map(([x, y]) => `${x},${y}`).join(' ')} />
    </svg>
  );
}
