import { useState } from 'preact/hooks';
import type { Cluster, Composition, Session } from '../api.ts';
import { Contrast } from '../charts/contrast.tsx';
import { commonDomain, Spread } from '../charts/spread.tsx';
import { useTalk } from '../i18n/words.ts';
import { type InProduction, tracksOf } from '../model.ts';
import { Genres } from './genres.tsx';
import { Rename } from './rename.tsx';

interface SegmentCardProps {
  readonly cluster: Cluster;
  /** Undefined while the catalogue is being read, or where there is none. */
  readonly composition: Composition | undefined;
  /** Of all tracks. */
  readonly share: number;
  readonly production: InProduction;
  readonly session: Session;
  readonly onRenamed: () => void;
}

/** What a segment is: size, what sets it apart, how its tracks are spread, which are most like it. */
export function SegmentCard({
  cluster,
  share,
  composition,
  production: { model, clusters },
  session,
  onRenamed,
}: SegmentCardProps) {
  const { say, language, count, percent, number } = useTalk();
  const [renaming, setRenaming] = useState(false);
  const { cluster_id, segment_id, name, colour, features, exemplars, name_pinned, name_review } = cluster;
  const { event, jaccard } = model.segments[cluster_id]!.identity;
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
          {say('segments.share', { share: percent(share), tracks: count(tracksOf(cluster)) })}
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
              const { unit = '', low, high } = described[j] ?? {};
              const catalogue = decilesOf(model.reference[j]!);
              const domain = commonDomain([
                catalogue,
                ...clusters.map((each) => each.features[j]?.deciles ?? catalogue),
              ]);
              return (
                <Spread
                  key={feature}
                  label={feature}
                  unit={unit}
                  ends={[low?.[language] ?? '', high?.[language] ?? '']}
                  own={deciles}
                  all={catalogue}
                  domain={domain}
                  colour={colour}
                />
              );
            })}
          </div>
          {composition !== undefined && <Genres composition={composition} colour={colour} />}
        </section>
      </div>
      <footer class="note">
        {say(`segments.${event}`, { share: percent(jaccard ?? 0, 0) })} {say('segments.id')}{' '}
        <code>{segment_id}</code>
      </footer>
    </article>
  );
}

/** Least, inner deciles, largest. */
function decilesOf({ min, max, decile_edges }: InProduction['model']['reference'][number]): number[] {
  return [min, ...decile_edges, max];
}
