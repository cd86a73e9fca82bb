import { client, type Decision, dataOf, type History, type JudgedVersion } from '../api.ts';
import { useAsked } from '../asked.ts';
import { Series, type SeriesPoint } from '../charts/series.tsx';
import { en, type Words } from '../i18n/en.ts';
import { type Talk, useTalk } from '../i18n/words.ts';
import { Scroll } from '../parts/scroll.tsx';
import { Source } from '../parts/source.tsx';
import { Ready } from '../parts/states.tsx';
import { addressOf, go } from '../url.ts';
import type { ViewProps } from '../views.tsx';

type Content = NonNullable<JudgedVersion['content']>;

/** Retrain by retrain: quality with the gate's limit and verdict, what was in production when, and why. */
export default function EvolutionView({ params }: ViewProps) {
  const asked = useAsked<History>(() => dataOf(client.GET('/v1/history')), []);
  const { say, day, time, number, percent, count } = useTalk();
  const chosen = params.get('version') ?? undefined;
  return (
    <Ready asked={asked}>
      {({ versions, production }) => {
        const current = production.at(-1)?.version;
        const points = (
          of: (content: Content, limit: number | null) => Pick<SeriesPoint, 'value' | 'ci95' | 'limit'>,
        ): SeriesPoint[] =>
          versions.map(({ version, at, verdict, content, silhouette_limit }) => ({
            id: version,
            time: Date.parse(at),
            label: day(at),
            refused: verdict === 'refused',
            current: version === current,
            ...(content === null ? { value: null } : of(content, silhouette_limit)),
          }));
        const estimated = versions.some(({ content }) => (content?.silhouette.ci95 ?? null) !== null);
        const picked = versions.find(({ version }) => version === chosen);
        return (
          <>
            <h1 tabIndex={-1}>{say('evolution.title')}</h1>
            <p class="lead">{say('evolution.lead')}</p>
            <section class="card">
              <h2>{say('evolution.alike')}</h2>
              <p class="note">
                {say('evolution.alikeHelp', { sure: estimated ? say('evolution.sure') : '' })}
              </p>
              <Series
                label={say('evolution.silhouette')}
                points={points(({ silhouette }, limit) => ({
                  value: silhouette.value,
                  ci95: silhouette.ci95,
                  limit,
                }))}
                limitName={say('evolution.limit')}
                format={(value) => number(value, 3)}
                grain={0.001}
                height={300}
                reigns={production.map(({ version, from, to }) => ({
                  version,
                  from: Date.parse(from),
                  to: to === null ? null : Date.parse(to),
                  words: say('evolution.timeline', {
                    version,
                    from: time(from),
                    to: to === null ? say('evolution.until') : time(to),
                  }),
                }))}
                chosen={chosen}
                onChoose={choose}
              />
              <p class="note keys">
                <span class="key accepted" /> {say('evolution.accepted')} <span class="key current" />{' '}
                {say('evolution.production')} <span class="key refused" /> {say('evolution.refused')}
              </p>
            </section>
            <div class="columns even">
              <section class="card">
                <h2>{say('evolution.kept')}</h2>
                <p class="note">{say('evolution.keptHelp')}</p>
                <Series
                  label={say('evolution.kept')}
                  points={points(({ kept_share }) => ({ value: kept_share }))}
                  format={(value) => percent(value)}
                  grain={0.001}
                />
              </section>
              <section class="card">
                <h2>{say('evolution.wcss')}</h2>
                <p class="note">{say('evolution.wcssHelp')}</p>
                <Series
                  label={say('evolution.wcss')}
                  points={points((content) => ({ value: content.wcss / rows(content) }))}
                  format={(value) => number(value, 3)}
                  grain={0.001}
                />
              </section>
              <section class="card">
                <h2>{say('evolution.k')}</h2>
                <p class="note">{say('evolution.kHelp')}</p>
                <Series
                  label={say('evolution.k')}
                  points={points(({ k }) => ({ value: k }))}
                  format={(value) => count(value)}
                  grain={1}
                />
              </section>
            </div>
            {picked === undefined ? (
              <>
                <p class="note">{say('evolution.choose')}</p>
                {current !== undefined && <Source version={current} />}
              </>
            ) : (
              <DecisionCard judged={picked} />
            )}
            <Reigns history={{ versions, production }} onChoose={choose} />
          </>
        );
      }}
    </Ready>
  );
}

/** What a rule asks for, in words; a rule that these pages don't know yet has its own name. */
function ruleName(rule: string, say: Talk['say']): string {
  const key = `rule.${rule}`;
  return key in en ? say(key as keyof Words) : rule;
}

function choose(version: string): void {
  go(addressOf('/evolution', { version }), 'replace');
}

function rows({ segments }: Content): number {
  return segments.reduce((sum, segment) => sum + segment.rows, 0);
}

function DecisionCard({ judged: { version, run, content } }: { judged: JudgedVersion }) {
  const { say, number, time } = useTalk();
  const asked = useAsked(async () => {
    if (run === null) return undefined;
    const path = { params: { path: { run } } };
    return dataOf(client.GET('/v1/runs/{run}/decision', path)).catch(
      (error: { problem?: { code?: string } }) => {
        if (error.problem?.code === 'decision_not_found' || error.problem?.code === 'run_not_found')
          return undefined;
        throw error;
      },
    );
  }, [run]);
  return (
    <section class="card" aria-live="polite">
      <h2>{say('evolution.decision', { version })}</h2>
      <Ready asked={asked}>
        {(value) => {
          if (value === undefined) return <p>{say('evolution.noDecision')}</p>;
          const decision = value as unknown as Decision & { readonly decided_at: string };
          return (
            <>
              <p>
                <strong class={decision.verdict}>{say(`evolution.${decision.verdict}`)}</strong>,{' '}
                {time(decision.decided_at)}
              </p>
              <Scroll label={say('evolution.decision', { version })}>
                <table>
                  <thead>
                    <tr>
                      <th scope="col">{say('evolution.rule')}</th>
                      <th scope="col" class="figure">
                        {say('evolution.value')}
                      </th>
                      <th scope="col" class="figure">
                        {say('evolution.limitColumn')}
                      </th>
                      <th scope="col">{say('evolution.verdict')}</th>
                      <th scope="col">{say('evolution.why')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {decision.rules.map((rule) => (
                      <tr key={rule.rule}>
                        <th scope="row">{ruleName(rule.rule, say)}</th>
                        <td class="figure">{rule.value === null ? '–' : number(rule.value, 4)}</td>
                        <td class="figure">
                          {rule.limit === null
                            ? '–'
                            : `${rule.comparison === '>=' ? '≥' : '≤'} ${number(rule.limit, 4)}`}
                        </td>
                        <td class={rule.verdict}>{say(`evolution.${rule.verdict}`)}</td>
                        <td lang="en">{rule.explanation}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </Scroll>
            </>
          );
        }}
      </Ready>
      <Source version={version} run={run} isPruned={content === null} />
    </section>
  );
}

/** The same as a table: for those who don't see the points, and for the actors and times. */
function Reigns({
  history: { versions, production },
  onChoose,
}: {
  history: History;
  onChoose: (version: string) => void;
}) {
  const { say, time, number } = useTalk();
  return (
    <section class="card">
      <h2>{say('evolution.reigns')}</h2>
      <Scroll label={say('evolution.reigns')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say('distribution.version')}</th>
              <th scope="col">{say('evolution.when')}</th>
              <th scope="col" class="figure">
                {say('evolution.silhouette')}
              </th>
              <th scope="col">{say('evolution.verdict')}</th>
              <th scope="col">{say('evolution.production')}</th>
            </tr>
          </thead>
          <tbody>
            {versions.toReversed().map(({ version, at, verdict, content, failed_rules }) => (
              <tr key={version}>
                <th scope="row">
                  <button type="button" class="link" onClick={() => onChoose(version)}>
                    {version}
                  </button>
                </th>
                <td>{time(at)}</td>
                <td class="figure">{content === null ? '–' : number(content.silhouette.value, 4)}</td>
                <td class={verdict}>
                  {say(`evolution.${verdict}`)}
                  {failed_rules.length > 0 &&
                    ` (${say('evolution.failedRules', { rules: failed_rules.map((rule) => ruleName(rule, say)).join(', ') })})`}
                </td>
                <td>
                  {production
                    .filter((reign) => reign.version === version)
                    .map(({ from, to, actor }) => (
                      <div key={from}>
                        {time(from)} – {to === null ? say('evolution.until') : time(to)} · {actor}
                      </div>
                    ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
