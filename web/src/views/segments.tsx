import { useState } from 'preact/hooks';
import { type Cluster, type Composition, client, dataOf, type Session } from '../api.ts';
import { useAsked } from '../asked.ts';
import { Contrast } from '../charts/contrast.tsx';
import { Spread } from '../charts/spread.tsx';
import { useTalk } from '../i18n/words.ts';
import { askProduction, type InProduction } from '../model.ts';
import { Rename } from '../parts/rename.tsx';
import { Source } from '../parts/source.tsx';
import { Ready } from '../parts/states.tsx';
import { addressOf } from '../url.ts';
import type { ViewProps } from '../views.tsx';

/** What each segment is: size, what sets it apart, how its tracks are spread, which are most like it. */
export function SegmentsView({ session, params }: ViewProps) {
  const asked = useAsked(askProduction, []);
  const composed = useAsked(() => dataOf(client.GET('/v1/composition')), []);
  const compositions = composed.state === 'ready' ? composed.value.segments : [];
  const { say, count } = useTalk();
  return (
    <Ready asked={asked}>
      {(production) => {
        const { clusters, model, version } = production;
        const tracks = clusters.reduce((sum, { rows }) => sum + rows.train + rows.test, 0);
        const chosen = clusters.filter(({ segment_id }) => segment_id === params.get('segment'));
        const shown = chosen.length > 0 ? chosen : clusters;
        return (
          <>
            <h1 tabIndex={-1}>{say('segments.title')}</h1>
            <p class="lead">{say('segments.lead', { tracks: count(tracks), k: clusters.length })}</p>
            <ShareBar clusters={clusters} />
            {chosen.length > 0 && (
              <p>
                <a href={addressOf('/', { segment: undefined })} data-inside>
                  ← {say('segments.all')}
                </a>
              </p>
            )}
            {shown
              .toSorted((a, b) => b.share.train - a.share.train)
              .map((cluster) => (
                <SegmentCard
                  key={cluster.segment_id}
                  cluster={cluster}
                  composition={compositions.find((of) => of.segment.segment_id === cluster.segment_id)}
                  production={production}
                  session={session}
                  onRenamed={asked.state === 'ready' ? asked.again : () => {}}
                />
              ))}
            <Source version={version} data={model.lineage.cleaned_data_hash} />
          </>
        );
      }}
    </Ready>
  );
}

/** All segments beside each other, as wide as they weigh; each leads to its card. */
function ShareBar({ clusters }: { clusters: readonly Cluster[] }) {
  const { percent, language } = useTalk();
  return (
    <ul class="share-bar">
      {clusters
        .toSorted((a, b) => b.share.train - a.share.train)
        .map(({ segment_id, name, colour, share }) => (
          <li key={segment_id} ref={(item) => item?.style.setProperty('flex-grow', String(share.train))}>
            <a href={addressOf('/', { segment: segment_id })} data-inside>
              <span class="swatch" ref={(mark) => mark?.style.setProperty('background', colour)} />
              <span class="share-name">{name[language]}</span>
              <strong>{percent(share.train, 0)}</strong>
            </a>
          </li>
        ))}
    </ul>
  );
}

interface CardProps {
  readonly cluster: Cluster;
  /** Undefined while the catalogue is being read, or where there is none. */
  readonly composition: Composition | undefined;
  readonly production: InProduction;
  readonly session: Session;
  readonly onRenamed: () => void;
}

function SegmentCard({ cluster, composition, production: { model }, session, onRenamed }: CardProps) {
  const { say, language, count, percent, number } = useTalk();
  const [renaming, setRenaming] = useState(false);
  const { segment_id, name, colour, share, rows, features, exemplars, name_pinned, name_review } = cluster;
  const described = model.contract.features;
  const more = (feature: string, contrast: number): string => {
    const word = described.find((one) => one.name === feature)?.[contrast < 0 ? 'low' : 'high'][language];
    return word ?? feature;
  };
  return (
    <article class="card" aria-labelledby={segment_id}>
      <header ref={(bar) => bar?.style.setProperty('border-color', colour)}>
        <h2 id={segment_id}>{name[language]}</h2>
        <p>
          {say('segments.share', { share: percent(share.train), tracks: count(rows.train + rows.test) })}
          {name_pinned && ` · ${say('segments.pinned')}`}
        </p>
        {name_review !== null && (
          <p class="warning">
            {say('segments.review', { feature: name_review.feature, sd: number(Math.abs(name_review.sd)) })}
          </p>
        )}
        {session.scopes.includes('admin') && !renaming && (
          <button type="button" class="plain no-print" onClick={() => setRenaming(true)}>
            {say('segments.rename')}
          </button>
        )}
        {renaming && (
          <Rename
            cluster={cluster}
            onDone={(changed) => {
              setRenaming(false);
              if (changed) onRenamed();
            }}
          />
        )}
      </header>
      <div class="columns">
        <section>
          <h3>{say('segments.apart')}</h3>
          <p class="note">{say('segments.apartHelp')}</p>
          <Contrast
            colour={colour}
            label={say('segments.apart')}
            bars={features.map(({ feature, contrast }) => ({
              label: more(feature, contrast),
              value: contrast,
            }))}
          />
          <h3>{say('segments.exemplars')}</h3>
          <ol class="exemplars">
            {exemplars.map(({ track }) =>
              track === null ? null : (
                <li key={track.track_id}>
                  <strong>{track.track_name ?? say('segments.unknown')}</strong>
                  <span>
                    {track.artist_name ?? say('segments.unknown')}
                    {track.genre === null ? '' : ` · ${track.genre}`}
                    {track.popularity === null
                      ? ''
                      : ` · ${say('segments.popularity').toLowerCase()} ${count(track.popularity)}`}
                  </span>
                </li>
              ),
            )}
          </ol>
        </section>
        <section>
          <h3>{say('segments.features')}</h3>
          <p class="note">{say('segments.featuresHelp')}</p>
          <div class="spreads">
            {features.map(({ feature, deciles }, j) => {
              const { unit = '', description } = described[j] ?? {};
              const { min, max, decile_edges } = model.reference[j]!;
              return (
                <div key={feature} title={description?.[language]}>
                  <Spread
                    label={feature}
                    unit={unit}
                    own={deciles}
                    all={[min, ...decile_edges, max]}
                    colour={colour}
                  />
                </div>
              );
            })}
          </div>
          {composition !== undefined && <Genres composition={composition} colour={colour} />}
        </section>
      </div>
      <footer class="note">
        {say('segments.id')} <code>{segment_id}</code>
      </footer>
    </article>
  );
}

/** Genres below this share of a segment say little of it. */
const LEAST_SHARE = 0.01;

const MOST_GENRES = 6;

function Genres({
  composition: { genres, tracks, popularity },
  colour,
}: {
  composition: Composition;
  colour: string;
}) {
  const { say, number, count } = useTalk();
  const frequent = genres
    .filter((genre) => genre.tracks >= LEAST_SHARE * tracks && genre.lift > 1)
    .toSorted((a, b) => b.lift - a.lift)
    .slice(0, MOST_GENRES);
  const most = Math.max(1, ...frequent.map(({ lift }) => lift));
  return (
    <>
      {frequent.length > 0 && (
        <>
          <h3>{say('segments.genres')}</h3>
          <p class="note">{say('segments.genresHelp')}</p>
          <ul class="contrast">
            {frequent.map(({ genre, lift }) => (
              <li key={genre}>
                <span class="contrast-label">{genre}</span>
                <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                  <rect x="0" y="2" width={(100 * lift) / most} height="6" fill={colour} />
                </svg>
                <span class="contrast-value">{say('segments.times', { times: number(lift, 1) })}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {popularity !== null && (
        <p class="note">
          {say('segments.popular', { median: count(popularity[5] ?? 0), high: count(popularity[9] ?? 0) })}
        </p>
      )}
    </>
  );
}
