import type { Decision } from './decision.js';
import type { RuleOutcome } from './outcome.js';

/** A decision with the run and the time that T3 adds. */
export interface DatedDecision extends Decision {
  readonly run: string;
  readonly decided_at: string;
}

const VERDICT = { accepted: 'Accepted', refused: 'Refused' } as const;

const WORDS = { pass: 'passes', fail: 'fails', not_applicable: 'does not apply' } as const;

/**
 * A decision as a page that needs nothing else: the verdict first, then each rule with value, limit and, where it is an estimate, its
 * 95 % interval on one scale.
 */
export function decisionPage(decision: DatedDecision): string {
  const { version, run, decided_at, production, verdict, rules, stability } = decision;
  const failed = rules.filter((rule) => rule.verdict === 'fail');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${VERDICT[verdict]}: ${escape(version)}</title>
<style>${STYLE}</style>
<main>
<p class="verdict ${verdict}">${VERDICT[verdict]}</p>
<h1>${escape(version)}</h1>
<p>Run ${escape(run)}, ${escape(decided_at)}. ${production === null ? 'No model was in production.' : `In production: ${escape(production)}.`}</p>
${failed.length === 0 ? '' : `<h2>Why</h2>\n<ul>${failed.map(({ explanation }) => `<li>${escape(explanation)}</li>`).join('')}</ul>`}
<h2>Rules</h2>
<table>
<thead><tr><th scope="col">rule</th><th scope="col">verdict</th><th scope="col">value</th><th scope="col">limit</th><th scope="col" class="scale">value and limit</th></tr></thead>
<tbody>
${rules.map(rowOf).join('\n')}
</tbody>
</table>
${
  stability === null
    ? ''
    : `<h2>How far each segment can be trusted</h2>
<p>Mean Jaccard index with the most similar segment of models of resampled tracks.</p>
<table>
<thead><tr><th scope="col">segment</th><th scope="col">index</th><th scope="col">reading</th></tr></thead>
<tbody>
${stability.map(({ cluster_id, jaccard, stability: reading }) => `<tr><td>${cluster_id}</td><td>${jaccard.toFixed(2)}</td><td>${reading}</td></tr>`).join('\n')}
</tbody>
</table>`
}
</main>
</html>
`;
}

function rowOf(rule: RuleOutcome): string {
  const { metric, value, comparison, limit, ci95, verdict, explanation } = rule;
  const shown = value === null ? '–' : value.toFixed(4);
  const interval = ci95 === null ? '' : ` <small>${ci95[0].toFixed(4)} to ${ci95[1].toFixed(4)}</small>`;
  const bound = limit === null ? '–' : `${comparison === '>=' ? '≥' : '≤'} ${limit.toFixed(4)}`;
  return `<tr class="${verdict}">
<th scope="row">${escape(rule.rule.replaceAll('_', ' '))}<br><small>${escape(metric)}</small></th>
<td>${WORDS[verdict]}</td>
<td>${shown}${interval}</td>
<td>${bound}</td>
<td class="scale">${scaleOf(rule)}</td>
</tr>
<tr class="${verdict} words"><td colspan="5">${escape(explanation)}</td></tr>`;
}

/** Value, interval and limit on a line from the least of them to the largest. */
function scaleOf({ value, limit, ci95 }: RuleOutcome): string {
  if (value === null || limit === null) return '';
  const all = [value, limit, ...(ci95 ?? [])];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const room = (most - least || Math.abs(value) || 1) * 0.1;
  const x = (of: number): string => ((200 * (of - least + room)) / (most - least + 2 * room)).toFixed(1);
  const bar =
    ci95 === null ? '' : `<line class="interval" x1="${x(ci95[0])}" x2="${x(ci95[1])}" y1="10" y2="10"/>`;
  const label = `value ${value.toFixed(4)}, limit ${limit.toFixed(4)}`;
  return `<svg viewBox="0 0 200 20" width="200" height="20" role="img" aria-label="${label}"><line class="axis" x1="0" x2="200" y1="10" y2="10"/>${bar}<line class="limit" x1="${x(limit)}" x2="${x(limit)}" y1="2" y2="18"/><circle class="value" cx="${x(value)}" cy="10" r="4"/></svg>`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1b1b1f; --soft: #5c5f66; --paper: #fff; --line: #d8dae0; --good: #0b6e4f; --bad: #a8201a; }
@media (prefers-color-scheme: dark) { :root { --ink: #ececf1; --soft: #a3a6ad; --paper: #16171a; --line: #383b42; --good: #4cc38a; --bad: #ff8b7e; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem; overflow-x: auto; }
.verdict { display: inline-block; margin: 0; padding: 0.1rem 0.7rem; border: 2px solid; border-radius: 0.4rem; font-weight: 700; }
.accepted { color: var(--good); } .refused { color: var(--bad); }
h1 { margin: 0.5rem 0 0; font-size: 1.6rem; } h2 { margin: 2rem 0 0.5rem; font-size: 1.1rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 0.4rem 0.8rem 0.1rem 0; text-align: left; vertical-align: top; font-weight: 400; border-top: 1px solid var(--line); }
thead th { color: var(--soft); border: 0; } .words td { border: 0; padding: 0 0 0.5rem; color: var(--soft); }
small { color: var(--soft); } .fail > td:nth-child(2) { color: var(--bad); font-weight: 700; }
svg .axis { stroke: var(--line); } svg .interval { stroke: var(--soft); stroke-width: 4; opacity: 0.5; }
svg .limit { stroke: var(--bad); stroke-width: 2; } svg .value { fill: var(--ink); }
@media print { main { padding: 0; } }
`;
