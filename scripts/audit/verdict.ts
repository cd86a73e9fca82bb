/** What `npm audit --json` prints: a report, or why there is none. */
interface Audit {
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string; readonly range: string }>>;
  readonly message?: string;
}

export interface Verdict {
  readonly outcome: 'clean' | 'vulnerable' | 'not run';
  readonly words: string;
}

/** Reads the answer to an audit. Some registries, mirrors above all, serve packages and know no advisories. */
export function verdictOf(printed: string): Verdict {
  const { vulnerabilities, message = 'no answer' } = JSON.parse(printed || '{}') as Audit;
  if (vulnerabilities === undefined) {
    const why = message.replaceAll(/https?:\/\/[^/\s]+/g, 'the registry ');
    return { outcome: 'not run', words: `npm audit: NOT RUN, this registry answers no audits (${why})` };
  }
  const found = Object.entries(vulnerabilities).map(
    ([name, { severity, range }]) => `${name} ${range}: ${severity}`,
  );
  if (found.length === 0) return { outcome: 'clean', words: 'npm audit: no known vulnerability' };
  return { outcome: 'vulnerable', words: ['npm audit: vulnerable', ...found].join('\n') };
}
