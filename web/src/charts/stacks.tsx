import { scaleBand, scaleLinear } from 'd3-scale';
import { useTalk } from '../i18n/words.ts';
import { useWidth } from './width.ts';

export interface Stack {
  readonly id: string;
  readonly label: string;
  readonly faded: boolean;
  readonly parts: readonly {
    readonly id: string;
    readonly name: string;
    readonly colour: string;
    readonly value: number;
  }[];
}

export interface StacksProps {
  readonly stacks: readonly Stack[];
  readonly label: string;
  /** Width of a column with the space after it, in pixels; what a column is called must fit into it. */
  readonly column?: number;
  /** Whether each column is as high as the others. */
  readonly relative: boolean;
  readonly chosen?: string | undefined;
  /** Without it columns can't be chosen. */
  readonly onChoose?: (id: string) => void;
}

const HEIGHT = 260;
const FOOT = 24;

const [LEAST, COLUMN, NAMES] = [420, 84, 210] as const;

/** Least distance of two names. */
const LABEL = 14;

/** A column for each version or span of years, its segments one above the other; the last one carries their names. */
export function Stacks({ stacks, label, column = COLUMN, relative, chosen, onChoose }: StacksProps) {
  const { percent, count } = useTalk();
  const { box, width } = useWidth(Math.max(LEAST, stacks.length * column + NAMES));
  const x = scaleBand(
    stacks.map(({ id }) => id),
    [0, Math.min(width - NAMES, stacks.length * 2 * column)],
  )
    .paddingInner(0.25)
    .paddingOuter(0);
  const totals = stacks.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0));
  const most = Math.max(1, ...totals);
  const order = (stacks.at(-1)?.parts ?? []).map(({ id }) => id);
  return (
    <div ref={box}>
      <svg
        class="stacks"
        viewBox={`0 0 ${width} ${HEIGHT + FOOT}`}
        width={width}
        height={HEIGHT + FOOT}
        role="img"
        aria-label={label}
      >
        {stacks.map(({ id, label: name, faded, parts }, i) => {
          const total = totals[i] ?? 1;
          const y = scaleLinear([0, relative ? Math.max(1, total) : most], [HEIGHT, 4]);
          const sorted = parts.toSorted((a, b) => rank(order, b.id) - rank(order, a.id));
          let below = 0;
          const isLast = i === stacks.length - 1;
          return (
            <g
              key={id}
              class={`stack${faded ? ' faded' : ''}${id === chosen ? ' chosen' : ''}${onChoose === undefined ? '' : ' choosable'}`}
              onClick={() => onChoose?.(id)}
            >
              {sorted.map((part) => {
                const [bottom, top] = [y(below), y(below + part.value)];
                below += part.value;
                return (
                  <g key={part.id}>
                    <rect
                      x={x(id)}
                      y={top}
                      width={x.bandwidth()}
                      height={Math.max(0, bottom - top - 1)}
                      fill={part.colour}
                    >
                      <title>{`${name}: ${part.name}, ${percent(part.value / total)}, ${count(part.value)}`}</title>
                    </rect>
                  </g>
                );
              })}
              {isLast &&
                labelsOf(sorted, y).map(({ name: word, value, at }) => (
                  <text key={word} x={(x(id) ?? 0) + x.bandwidth() + 8} y={at} dy="0.35em">
                    <tspan class="value">{relative ? percent(value / total) : count(value)}</tspan> {word}
                  </text>
                ))}
              <text x={(x(id) ?? 0) + x.bandwidth() / 2} y={HEIGHT + 16} text-anchor="middle" class="tick">
                {name}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}

/** Names beside the middles of their parts, moved upwards where they would lie on each other. */
function labelsOf(
  parts: Stack['parts'],
  y: (value: number) => number,
): { name: string; value: number; at: number }[] {
  let [below, lowest] = [0, Number.POSITIVE_INFINITY];
  return parts.map(({ name, value }) => {
    const middle = (y(below) + y(below + value)) / 2;
    below += value;
    const at = Math.min(middle, lowest - LABEL);
    lowest = at;
    return { name, value, at };
  });
}

function rank(order: readonly string[], id: string): number {
  const at = order.indexOf(id);
  return at < 0 ? order.length : at;
}
