export interface PointProps {
  readonly id: string;
  readonly refused: boolean;
  readonly current: boolean;
  readonly at: readonly [number, number];
  /** Ends of the interval of confidence. */
  readonly sure: readonly number[] | undefined;
  readonly words: string;
  readonly chosen: boolean;
  readonly onChoose: ((id: string) => void) | undefined;
}

/** One value of a series, a button where it leads to something. */
export function Point({ id, refused, current, at: [x, y], sure, words, chosen, onChoose }: PointProps) {
  const button =
    onChoose === undefined
      ? {}
      : {
          role: 'button' as const,
          tabindex: 0, // on SVG, Preact sets attributes as they are written
          'aria-label': words,
          'aria-pressed': chosen,
          onClick: () => onChoose(id),
          onKeyDown: (event: KeyboardEvent) => {
            if (event.key !== 'Enter' && event.key !== ' ') return;
            event.preventDefault();
            onChoose(id);
          },
        };
  return (
    <g class={`point${chosen ? ' chosen' : ''}`} {...button}>
      <title>{words}</title>
      <circle cx={x} cy={y} r="14" fill="transparent" />
      {sure?.[0] !== undefined && sure[1] !== undefined && (
        <line x1={x} x2={x} y1={sure[0]} y2={sure[1]} stroke="var(--ink)" stroke-width="1" />
      )}
      {refused ? (
        <path d={`M${x - 5},${y - 5}l10,10m0,-10l-10,10`} stroke="var(--bad)" stroke-width="2.5" />
      ) : (
        <circle
          cx={x}
          cy={y}
          r={current ? 6 : 4.5}
          fill={current ? 'var(--accent)' : 'var(--ink)'}
          stroke="var(--card)"
          stroke-width="1.5"
        />
      )}
    </g>
  );
}
