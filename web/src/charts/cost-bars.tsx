import { scaleLinear } from 'd3-scale';
import { type Bill, ITEMS } from '../../../dist/costs/bill.js';
import { useTalk } from '../i18n/words.ts';
import { useWidth } from './width.ts';

export interface CostBarsProps {
  /** The least traffic first. */
  readonly bills: readonly Bill[];
  /** Requests a month that are set. */
  readonly chosen: number;
  /** What is to be compared with, euros a month. */
  readonly limit: number;
}

const [ROW, BAR, FOOT, LEAST] = [46, 18, 26, 240] as const;

/** Room for a total beside its bar. */
const TOTAL = 84;

/** A bar for each level of traffic, cut into what it pays for; a line where the specification stands. */
export function CostBars({ bills, chosen, limit }: CostBarsProps) {
  const { say, number, count } = useTalk();
  const { box, width } = useWidth(LEAST);
  const most = Math.max(limit, ...bills.map(({ total }) => total));
  const x = scaleLinear([0, most], [0, width - TOTAL]);
  const height = bills.length * ROW;
  const isLeft = x(limit) < width / 2;
  return (
    <div ref={box}>
      <svg
        class="cost-bars"
        viewBox={`0 0 ${width} ${height + FOOT}`}
        width={width}
        height={height + FOOT}
        role="img"
        aria-label={bills
          .map(({ load, total }) =>
            say('costs.level', { requests: count(load.requestsPerMonth), total: number(total) }),
          )
          .join('; ')}
      >
        <path d={`M${x(limit)},0V${height + 6}`} fill="none" stroke="var(--bad)" stroke-dasharray="4 3" />
        <text x={x(limit)} y={height + 20} text-anchor={isLeft ? 'start' : 'end'} class="tick limit">
          {say('costs.specification', { specification: limit })}
        </text>
        {bills.map(({ load, items, total }, i) => {
          let before = 0;
          return (
            <g
              key={load.requestsPerMonth}
              class={`cost-bar${load.requestsPerMonth === chosen ? ' chosen' : ''}`}
              transform={`translate(0,${i * ROW})`}
            >
              <text y={16}>{say('costs.requestsShort', { requests: count(load.requestsPerMonth) })}</text>
              {ITEMS.map((item) => {
                const left = x(before);
                before += items[item];
                return (
                  <rect
                    key={item}
                    class={`item-${item}`}
                    x={left}
                    y={22}
                    width={Math.max(0, x(before) - left - 1)}
                    height={BAR}
                  >
                    <title>{`${say(`costs.item.${item}`)}: ${number(items[item])} €`}</title>
                  </rect>
                );
              })}
              <text x={x(total) + 8} y={22 + BAR / 2} dy="0.35em" class="value">
                {number(total)} €
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}
