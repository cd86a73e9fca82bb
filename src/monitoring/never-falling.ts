/** What was told of a series: the sum of the workers then, and what those that died had counted beyond it. */
interface Told {
  sum: number;
  lost: number;
}

/**
 * Keeps counters, given as Prometheus' text, from falling when a worker takes its counts with it, or when sums are added in another order.
 * Prometheus would take a fall for a restart, and count all that is left as new.
 */
export function neverFalling(): (text: string) => string {
  const told = new Map<string, Told>();
  return (text) => {
    const seen = new Set<string>();
    let counts = false;
    const lines = text.split('\n').map((line) => {
      if (line.startsWith('#')) {
        const [, kind, , type] = line.split(' ');
        if (kind === 'TYPE') counts = type === 'counter' || type === 'histogram';
        return line;
      }
      const end = line.lastIndexOf(' ');
      if (!counts || end < 0) return line;
      const series = line.slice(0, end);
      const sum = Number(line.slice(end + 1));
      const before = told.get(series) ?? { sum: 0, lost: 0 };
      const lost = before.lost + Math.max(0, before.sum - sum);
      seen.add(series);
      told.set(series, { sum, lost });
      return `${series} ${sum + lost}`;
    });
    // whoever is the next to count such a thing goes on from there
    for (const [series, { sum, lost }] of told)
      if (!seen.has(series)) told.set(series, { sum: 0, lost: lost + sum });
    return lines.join('\n');
  };
}
