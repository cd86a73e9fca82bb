import { client, type Drift, dataOf } from '../api.ts';
import { useAsked } from '../asked.ts';
import { Pairs } from '../charts/pairs.tsx';
import { reachOf, Shift } from '../charts/shift.tsx';
import { useTalk } from '../i18n/words.ts';
import { askProduction, type InProduction } from '../model.ts';
import { Comparisons } from '../parts/comparisons.tsx';
import { Source } from '../parts/source.tsx';
import { Ready } from '../parts/states.tsx';
import { addressOf, go } from '../url.ts';
import type { ViewProps } from '../views.tsx';

const DAYS = [1, 7, 28] as const;

const EVERY_MS = 60_000;

/** Whether what is asked still looks like what the model was trained on, and what could not have been seen. */
export default function DriftView({ params }: ViewProps) {
  const days = DAYS.find((one) => String(one) === params.get('days')) ?? 7;
  const { say, count } = useTalk();
  const asked = useAsked<[Drift, InProduction]>(
    () => Promise.all([dataOf(client.GET('/v1/drift', { params: { query: { days } } })), askProduction()]),
    [days],
    EVERY_MS,
  );
  return (
    <Ready asked={asked}>
      {([drift, production]) => (
        <>
          <h1 tabIndex={-1}>{say('drift.title')}</h1>
          <p class="lead">{say('drift.lead', { tracks: count(drift.tracks) })}</p>
          <div class="choices" role="group" aria-label={say('drift.days')}>
            {DAYS.map((one) => (
              <button
                key={one}
                type="button"
                aria-pressed={one === days}
                onClick={() =>
                  go(addressOf('/drift', { days: one === 7 ? undefined : String(one) }), 'replace')
                }
              >
                {say(`drift.days${one}`)}
              </button>
            ))}
          </div>
          <Verdict drift={drift} />
          <Features drift={drift} production={production} />
          <Segments drift={drift} production={production} />
          <Comparisons findings={drift.findings} />
          <Source version={drift.model_version} />
        </>
      )}
    </Ready>
  );
}

function Verdict({ drift }: { drift: Drift }) {
  const { say, number, count, percent } = useTalk();
  const { verdict, smallest_visible_shift: shift, kinds, before, refused, tracks } = drift;
  const rows = drift.features[0]?.reference.n ?? 0;
  return (
    <section class={`card verdict ${verdict}`} aria-labelledby="verdict">
      <h2 id="verdict">{say(`drift.verdict.${verdict}`)}</h2>
      <p>
        {verdict === 'not_enough_data'
          ? say('drift.needed', { tracks: count(tracksNeeded(rows)) })
          : say('drift.visible', { shift: number(shift ?? 0), share: percent(drift.false_alarm_share, 0) })}
      </p>
      {kinds.length > 0 && (
        <ul>
          {kinds.map(({ kind, subject }) => (
            <li key={subject}>{say(`drift.kind.${kind}`, { subject: subjectWords(say, subject) })}</li>
          ))}
        </ul>
      )}
      {refused > 0 && (
        <p class="note">
          {say('drift.refused', { count: count(refused), share: percent(refused / (refused + tracks)) })}
        </p>
      )}
      {before !== null && (
        <p class="note">
          {say('drift.before', {
            from: before.from,
            to: before.to,
            verdict: say(`drift.verdict.${before.verdict}`),
          })}
        </p>
      )}
    </section>
  );
}

/** Tracks from which on a shift of 0.3 standard deviations is told, for a model of so many training tracks. */
function tracksNeeded(rows: number): number {
  const perTrack = (0.3 / 3.3) ** 2 - 1 / rows;
  return perTrack > 0 ? Math.max(100, Math.ceil(1 / perTrack)) : Infinity;
}

type Say = ReturnType<typeof useTalk>['say'];

function subjectWords(say: Say, subject: string): string {
  const named = {
    segments: 'drift.segments',
    distance: 'drift.distance',
    boundary: 'drift.boundary',
    unassigned: 'drift.unassigned',
    refused: 'drift.requests',
  } as const;
  return subject in named ? say(named[subject as keyof typeof named]) : subject;
}

function Features({ drift, production }: { drift: Drift; production: InProduction }) {
  const { say, number, language } = useTalk();
  const shiftOf = (feature: string): number | null =>
    drift.findings.find(({ subject, measure }) => subject === feature && measure === 'mean')?.effect ?? null;
  const reach = reachOf(
    drift.features.flatMap(({ feature, smallest_visible_shift }) => [
      shiftOf(feature),
      Math.min(1, smallest_visible_shift ?? 1),
    ]),
  );
  const described = production.model.contract.features;
  return (
    <section class="card">
      <h2>{say('drift.features')}</h2>
      <p class="note">{say('drift.featuresHelp')}</p>
      <div class="shifts">
        {drift.features.map(({ feature, unit, reference, current, smallest_visible_shift, verdict }) => {
          const ends = described.find(({ name }) => name === feature);
          const figure = (value: number | null): string =>
            value === null
              ? '–'
              : `${number(value, Math.abs(value) >= 10 ? 1 : 3)}${unit === '' ? '' : ` ${unit}`}`;
          return (
            <figure key={feature} class="shift">
              <figcaption>
                <strong>{feature}</strong>{' '}
                <span class={verdict === 'warn' || verdict === 'alert' ? 'fail' : 'note'}>
                  {say(`drift.short.${verdict}`)}
                </span>
              </figcaption>
              <Shift
                label={feature}
                shift={shiftOf(feature)}
                visible={smallest_visible_shift}
                reach={reach}
                told={verdict === 'warn' || verdict === 'alert'}
              />
              <p class="ends note">
                <span>{ends?.low[language]}</span>
                <span>{ends?.high[language]}</span>
              </p>
              <dl class="figures-pair">
                <dt>{say('drift.mean')}</dt>
                <dd>
                  {figure(reference.mean)} → <strong>{figure(current.mean)}</strong>
                </dd>
                <dt>{say('drift.sd')}</dt>
                <dd>
                  {figure(reference.sd)} → <strong>{figure(current.sd)}</strong>
                </dd>
              </dl>
            </figure>
          );
        })}
      </div>
    </section>
  );
}

function Segments({ drift, production }: { drift: Drift; production: InProduction }) {
  const { say, language } = useTalk();
  return (
    <section class="card">
      <h2>{say('drift.segmentShares')}</h2>
      <p class="note">{say('drift.segmentSharesHelp')}</p>
      <Pairs
        label={say('drift.segmentShares')}
        words={[say('drift.now'), say('drift.trained')]}
        pairs={drift.segments.map(({ cluster_id, segment_id, reference_share, current_share }) => {
          const cluster = production.clusters.find((one) => one.segment_id === segment_id);
          return {
            id: segment_id,
            name: cluster?.name[language] ?? String(cluster_id),
            colour: cluster?.colour ?? 'var(--accent)',
            before: reference_share,
            now: current_share,
          };
        })}
      />
    </section>
  );
}
