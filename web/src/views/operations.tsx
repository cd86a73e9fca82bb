import { client, dataOf, type Run } from '../api.ts';
import { useAsked } from '../asked.ts';
import { type Talk, useTalk } from '../i18n/words.ts';
import { Confirm } from '../parts/confirm.tsx';
import { Dag, taskState } from '../parts/dag.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { Ready } from '../parts/states.tsx';
import { serviceFigures } from '../service-figures.ts';
import { addressOf } from '../url.ts';
import type { ViewProps } from '../views.tsx';

/** How often the page looks, in milliseconds. */
const LOOK_MS = 3000;

const RUNS = 20;

/** @param wanted a run to show, which may be older than those that are listed */
async function askAll(wanted: string | null) {
  const [runs, models, metrics] = await Promise.all([
    dataOf(client.GET('/v1/runs', { params: { query: { limit: RUNS } } })),
    dataOf(client.GET('/v1/models', { params: { query: { limit: RUNS } } })),
    fetch('/metrics').then(async (response) => serviceFigures(await response.text())),
  ]);
  const listed = runs.runs.find(({ run }) => run === wanted);
  const older =
    wanted === null || listed !== undefined
      ? undefined
      : await dataOf(client.GET('/v1/runs/{run}', { params: { path: { run: wanted } } })).catch(
          () => undefined,
        );
  return { runs: runs.runs, shown: listed ?? older ?? runs.runs[0], models: models.models, figures: metrics };
}

/** The service's figures, the pipeline's runs task by task, and what an admin may do about them. */
export default function OperationsView({ session, params }: ViewProps) {
  const wanted = params.get('run');
  const asked = useAsked(() => askAll(wanted), [wanted], LOOK_MS);
  const talk = useTalk();
  const { say, count, percent, time } = talk;
  const isAdmin = session.scopes.includes('admin');
  return (
    <Ready asked={asked}>
      {({ runs, shown, models, figures }) => {
        const again = asked.state === 'ready' ? asked.again : () => {};
        const current = models.find(({ state }) => state === 'production');
        const { requests, errors, p50, p95 } = figures;
        return (
          <>
            <h1 tabIndex={-1}>{say('operations.title')}</h1>
            <p class="lead">{say('operations.lead')}</p>
            <dl class="figures">
              <div>
                <dt>{say('operations.inProduction')}</dt>
                <dd>{current?.version ?? '–'}</dd>
                {typeof current?.promoted_at === 'string' && (
                  <dd class="note">{say('operations.since', { time: time(current.promoted_at) })}</dd>
                )}
              </div>
              <div>
                <dt>{say('operations.requests')}</dt>
                <dd>{count(requests)}</dd>
              </div>
              <div>
                <dt>{say('operations.p50')}</dt>
                <dd>{within(talk, p50)}</dd>
              </div>
              <div>
                <dt>{say('operations.p95')}</dt>
                <dd>{within(talk, p95)}</dd>
              </div>
              <div>
                <dt>{say('operations.errors')}</dt>
                <dd class={errors > 0 ? 'fail' : ''}>
                  {requests === 0 ? '–' : percent(errors / requests, 2)}
                </dd>
              </div>
            </dl>
            {shown !== undefined && (
              <section class="card">
                <h2>
                  {say(shown === runs[0] ? 'operations.latest' : 'operations.chosen', { run: shown.run })}
                </h2>
                <p class="note">
                  {time(shown.created_at)}: <span class={shown.state}>{say(`run.${shown.state}`)}</span>
                </p>
                <Dag run={shown} />
                <p class="source">
                  <a href={`/v1/runs/${shown.run}`}>{say('source.run', { run: shown.run })}</a>
                  {shown.model_version !== null && (
                    <>
                      {' · '}
                      <a href={addressOf('/evolution', { version: shown.model_version })} data-inside>
                        {say('evolution.decision', { version: shown.model_version })}
                      </a>
                    </>
                  )}
                </p>
              </section>
            )}
            <section class="card">
              <div class="card-head">
                <h2>{say('operations.runs')}</h2>
                {isAdmin && (
                  <Confirm
                    label={say('operations.start')}
                    question={say('operations.askStart')}
                    onConfirm={() => dataOf(client.POST('/v1/runs', { body: {} }) as never)}
                    onDone={again}
                  />
                )}
              </div>
              {runs.length === 0 ? (
                <p class="note">{say('operations.noRuns')}</p>
              ) : (
                <Scroll label={say('operations.runs')}>
                  <table>
                    <thead>
                      <tr>
                        <th scope="col">{say('operations.run')}</th>
                        <th scope="col">{say('operations.began')}</th>
                        <th scope="col">{say('operations.state')}</th>
                        <th scope="col">{say('operations.tasks')}</th>
                      </tr>
                    </thead>
                    <tbody>
                      {runs.map((run) => (
                        <tr key={run.run}>
                          <th scope="row">
                            <a
                              href={addressOf('/operations', { run: run.run })}
                              data-inside
                              aria-current={run === shown ? 'true' : undefined}
                            >
                              {run.run}
                            </a>
                          </th>
                          <td>{time(run.created_at)}</td>
                          <td class={run.state}>{say(`run.${run.state}`)}</td>
                          <td>
                            <Tasks run={run} talk={talk} />
                          </td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </Scroll>
              )}
            </section>
            <section class="card">
              <div class="card-head">
                <h2>{say('operations.versions')}</h2>
                {isAdmin && current !== undefined && (
                  <Confirm
                    label={say('operations.rollback')}
                    question={say('operations.askRollback', { version: current.version })}
                    withReason
                    onConfirm={(reason) =>
                      dataOf(client.POST('/v1/rollback', { body: reason === undefined ? {} : { reason } }))
                    }
                    onDone={again}
                  />
                )}
              </div>
              <Scroll label={say('operations.versions')}>
                <table>
                  <thead>
                    <tr>
                      <th scope="col">{say('distribution.version')}</th>
                      <th scope="col">{say('operations.state')}</th>
                      <th scope="col" class="figure">
                        {say('evolution.k')}
                      </th>
                      <th scope="col">
                        <span class="visually-hidden">{say('operations.promote')}</span>
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {models.map(({ version, state, pruned, k }) => (
                      <tr key={version}>
                        <th scope="row">
                          <a href={`/v1/models/${version}`}>{version}</a>
                        </th>
                        <td class={state}>{say(pruned ? 'state.pruned' : `state.${state}`)}</td>

                        <td class="figure">{k ?? '–'}</td>
                        <td class="figure">
                          {isAdmin && !pruned && (state === 'archived' || state === 'candidate') && (
                            <Confirm
                              label={say('operations.promote')}
                              question={say('operations.askPromote', { version })}
                              withReason
                              onConfirm={(reason) =>
                                dataOf(
                                  client.POST('/v1/models/{version}/promotion', {
                                    params: { path: { version } },
                                    body: reason === undefined ? {} : { reason },
                                  }),
                                )
                              }
                              onDone={again}
                            />
                          )}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </Scroll>
            </section>
          </>
        );
      }}
    </Ready>
  );
}

/** A bound of a latency bucket. */
function within({ number }: Talk, ms: number | null): string {
  if (ms === null) return '–';
  return Number.isFinite(ms) ? `${number(ms, ms < 10 ? 1 : 0)} ms` : '> 10 s';
}

/** The five tasks in their order, each with its state; T5 stands apart, because it runs only when another one ends badly. */
function Tasks({ run, talk }: { run: Run; talk: Talk }) {
  const { say, number } = talk;
  return (
    <ol class="tasks">
      {run.tasks.map(({ task, state, seconds, summary, error }) => {
        const words = say(taskState(run, { task, state }));
        const took =
          typeof seconds !== 'number'
            ? ''
            : `, ${say('operations.seconds', { seconds: number(seconds, 1) })}`;
        return (
          <li key={task} class={`task ${state}`} title={error?.title ?? summary ?? ''}>
            <span class="task-name">{task.slice(0, 2)}</span>
            <span class="visually-hidden">{`${task}: `}</span>
            <span>{`${words}${took}`}</span>
          </li>
        );
      })}
    </ol>
  );
}
