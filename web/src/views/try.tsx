import { useEffect, useMemo, useState } from 'preact/hooks';
import { explain } from '../../../dist/models/explain.js';
import { compile, predictOne } from '../../../dist/models/predict.js';
import { ApiError, client, dataOf } from '../api.ts';
import { useAsked } from '../asked.ts';
import { Contrast } from '../charts/contrast.tsx';
import { useTalk } from '../i18n/words.ts';
import { askProduction, type InProduction } from '../model.ts';
import { Source } from '../parts/source.tsx';
import { Ready } from '../parts/states.tsx';
import { addressOf, go } from '../url.ts';
import type { ViewProps } from '../views.tsx';

/** How long a slider must rest until the service is asked too, in milliseconds. */
const REST_MS = 300;

/** Sliders for the features; the model's answer and its reasons, live. */
export default function TryView(props: ViewProps) {
  const asked = useAsked(askProduction, []);
  const { say } = useTalk();
  return (
    <>
      <h1 tabIndex={-1}>{say('try.title')}</h1>
      <p class="lead">{say('try.lead')}</p>
      <Ready asked={asked}>{(production) => <Trial production={production} {...props} />}</Ready>
    </>
  );
}

function Trial({ production, params, session }: ViewProps & { production: InProduction }) {
  const { say, number, language } = useTalk();
  const { model, clusters, version } = production;
  const compiled = useMemo(() => compile(model), [model]);
  const { features } = model.contract;
  const values = features.map(({ name }, j) => {
    const given = params.get(name);
    const { decile_edges } = model.reference[j]!;
    return given !== null && Number.isFinite(Number(given)) ? Number(given) : rounded(decile_edges[4] ?? 0);
  });
  const prediction = predictOne(compiled, values);
  const { contributions, unassigned, out_of_catalogue } = explain(compiled, values, prediction);
  const nameOf = (id: number): string => clusters[id]?.name[language] ?? String(id);
  const colour = clusters[prediction.cluster_id]?.colour ?? 'var(--ink)';
  const track = Object.fromEntries(features.map(({ name }, j) => [name, values[j]!]));
  return (
    <div class="columns">
      <section class="card">
        {features.map(({ name, unit, description, request, low, high }, j) => {
          const { min, max, decile_edges } = model.reference[j]!;
          const most = request.maximum ?? Math.max(max, ...decile_edges);
          const least = Math.max(min, request.minimum ?? request.exclusiveMinimum ?? min);
          return (
            <label key={name} class="slider">
              <span>
                {name}
                <span>{`${number(values[j]!, most > 20 ? 1 : 3)}${unit === '' ? '' : ` ${unit}`}`}</span>
              </span>
              <input
                type="range"
                min={least}
                max={most}
                aria-valuetext={`${number(values[j]!, most > 20 ? 1 : 3)} ${unit}`}
                step={(most - least) / 500}
                value={values[j]}
                onInput={(event) =>
                  go(
                    addressOf('/try', {
                      [name]: String(rounded(Number((event.target as HTMLInputElement).value))),
                    }),
                    'replace',
                  )
                }
              />
              <span class="ends">
                <span>{low[language]}</span>
                <span>{high[language]}</span>
              </span>
              <span class="note">{description[language]}</span>
            </label>
          );
        })}
      </section>
      <section class="card" aria-live="polite">
        <h2>{say('try.answer')}</h2>
        <p class="answer" ref={(mark) => mark?.style.setProperty('border-color', colour)}>
          {nameOf(prediction.cluster_id)}
        </p>
        {prediction.runner_up !== null && (
          <p>
            {say('try.distance', {
              distance: number(prediction.distance),
              next: nameOf(prediction.runner_up.cluster_id),
              far: number(prediction.runner_up.distance),
            })}
          </p>
        )}
        {unassigned && <p class="warning">{say('try.unassigned')}</p>}
        {out_of_catalogue.map(({ feature }) => (
          <p key={feature} class="warning">
            {say('try.outside', { feature })}
          </p>
        ))}
        {session.scopes.some((scope) => scope === 'predict' || scope === 'admin') && (
          <Checked track={track} cluster={prediction.cluster_id} />
        )}
        {contributions !== null && prediction.runner_up !== null && (
          <>
            <h3>{say('try.why')}</h3>
            <p class="note">{say('try.whyHelp', { next: nameOf(prediction.runner_up.cluster_id) })}</p>
            <Contrast
              colour={colour}
              label={say('try.why')}
              bars={contributions.map(({ feature, contribution }) => ({
                label: feature,
                value: contribution,
              }))}
            />
          </>
        )}
        <h3>{say('try.curl')}</h3>
        <Curl track={track} />
        <Source version={version} />
      </section>
    </div>
  );
}

/** What the service says of the same track, once the sliders rest. */
function Checked({ track, cluster }: { track: Readonly<Record<string, number>>; cluster: number }) {
  const { say } = useTalk();
  const [answer, setAnswer] = useState<number | ApiError>();
  const asked = JSON.stringify(track);
  useEffect(() => {
    setAnswer(undefined);
    let over = false;
    const timer = setTimeout(() => {
      dataOf(client.POST('/v1/predict/cluster', { body: track as never })).then(
        (data) => !over && setAnswer(data.cluster_id),
        (error: unknown) => !over && setAnswer(error as ApiError),
      );
    }, REST_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [asked]);
  if (answer === undefined) return <p class="note">{say('state.loading')}</p>;
  if (answer instanceof ApiError) return <p class="note">{answer.problem.detail ?? answer.problem.title}</p>;
  if (answer === cluster) return <p class="note">{say('try.agrees')}</p>;
  return <p class="warning">{say('try.differs', { cluster: answer })}</p>;
}

function Curl({ track }: { track: Readonly<Record<string, number>> }) {
  const { say } = useTalk();
  const [copied, setCopied] = useState(false);
  const text = [
    `curl -s ${location.origin}/v1/predict/cluster`,
    `-H "X-API-Key: $SEGUE_KEY"`,
    `-H 'content-type: application/json'`,
    `-d '${JSON.stringify(track).replaceAll(',', ', ')}'`,
  ].join(' \\\n  ');
  return (
    <div class="curl">
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
      <button type="button" onClick={() => void copy(text).then(setCopied)}>
        {say(copied ? 'try.copied' : 'try.copy')}
      </button>
    </div>
  );
}

async function copy(text: string): Promise<boolean> {
  await navigator.clipboard.writeText(text);
  return true;
}

/** With five significant digits: short enough for the address, exact enough for ears. */
function rounded(value: number): number {
  return Number(value.toPrecision(5));
}
