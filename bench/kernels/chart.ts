import { goalOf } from './aims.js';
import { figureOf } from './figures.js';
import type { WorkResult } from './work.js';

const LEFT = 130;
const WIDTH = 720;
const RIGHT = 70;
const ROW = 34;
const TOP = 56;
const BAR = 16;
const GRID = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/** Ratios to scikit-learn as horizontal bars on a logarithmic axis, with a tick at each bar and aim. @returns SVG */
export function renderChart(results: readonly WorkResult[]): string {
  const rows = results.flatMap((result) => {
    const ratio = result.kind === 'timed' ? figureOf(result) : undefined;
    return ratio === undefined ? [] : [{ name: result.name, ratio, goal: goalOf(result.name) }];
  });
  const largest = Math.max(10, ...rows.flatMap(({ ratio, goal }) => [ratio, goal?.aim ?? 1]));
  const least = Math.min(1, ...rows.map(({ ratio }) => ratio)) * 0.9;
  const end = largest * 1.1;
  const x = (value: number): number =>
    round(LEFT + ((WIDTH - LEFT - RIGHT) * Math.log(value / least)) / Math.log(end / least));
  const height = TOP + rows.length * ROW + 34;
  const bottom = TOP + rows.length * ROW;

  const grid = GRID.filter((value) => value < end).map(
    (value) =>
      `<path class="${value === 1 ? 'one' : 'grid'}" d="M${x(value)} ${TOP - 6}V${bottom}"/><text class="axis" x="${x(value)}" y="${bottom + 18}">${value}×</text>`,
  );
  const bars = rows.map(({ name, ratio, goal }, i) => {
    const y = TOP + i * ROW + (ROW - BAR) / 2;
    const from = Math.min(x(1), x(ratio));
    const tick = (value: number, kind: string): string =>
      `<path class="${kind}" d="M${x(value)} ${y - 5}v${BAR + 10}"><title>${kind}: ${value}×</title></path>`;
    return [
      `<text class="name" x="${LEFT - 12}" y="${y + 12}">${name}</text>`,
      `<rect class="bar" x="${from}" y="${y}" width="${round(Math.abs(x(ratio) - x(1)))}" height="${BAR}"/>`,
      goal === undefined ? '' : tick(goal.bar, 'goal') + tick(goal.aim, 'aim'),
      `<text class="value" x="${WIDTH - 12}" y="${y + 12}">${ratio.toFixed(1)}×</text>`,
    ].join('');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title">
<title id="title">How many times Segue's time the fastest variant of scikit-learn takes</title>
<style>text{font:13px system-ui,sans-serif;fill:#333}.head{font-weight:600;font-size:14px}.name{text-anchor:end}.axis{text-anchor:middle;fill:#666;font-size:11px}.value{text-anchor:end;font-weight:600}.bar{fill:#3b6ea5}.grid{stroke:#e2e2e2}.one{stroke:#666}.goal{stroke:#c2410c;stroke-width:2}.aim{stroke:#c2410c;stroke-width:2;stroke-dasharray:3 2}.key{font-size:12px;fill:#666}</style>
<rect width="100%" height="100%" fill="#fff"/>
<text class="head" x="12" y="22">Times as fast as scikit-learn's fastest variant</text>
<path class="goal" d="M${WIDTH - 140} 12v14"/><text class="key" x="${WIDTH - 132}" y="23">bar</text><path class="aim" d="M${WIDTH - 80} 12v14"/><text class="key" x="${WIDTH - 72}" y="23">aim</text>
${[...grid, ...bars].join('\n')}
</svg>
`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
