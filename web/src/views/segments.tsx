import { type Cluster, client, dataOf } from '../api.ts';
import { useAsked } from '../asked.ts';
import { useTalk } from '../i18n/words.ts';
import { askProduction, tracksOf } from '../model.ts';
import { SegmentCard } from '../parts/segment-card.tsx';
import { Source } from '../parts/source.tsx';
import { Ready } from '../parts/states.tsx';
import { addressOf } from '../url.ts';
import type { ViewProps } from '../views.tsx';

/** All segments: how much each weighs, and what it is. */
export function SegmentsView({ session, params }: ViewProps) {
  const asked = useAsked(askProduction, []);
  const composed = useAsked(() => dataOf(client.GET('/v1/composition')), []);
  const compositions = composed.state === 'ready' ? composed.value.segments : [];
  const { say, count } = useTalk();
  return (
    <Ready asked={asked}>
      {(production) => {
        const { clusters, version } = production;
        const tracks = clusters.reduce((sum, cluster) => sum + tracksOf(cluster), 0);
        const chosen = clusters.filter(({ segment_id }) => segment_id === params.get('segment'));
        const shown = chosen.length > 0 ? chosen : clusters;
        return (
          <>
            <h1 tabIndex={-1}>{say('segments.title')}</h1>
            <p class="lead">{say('segments.lead', { tracks: count(tracks), k: clusters.length })}</p>
            <ShareBar clusters={clusters} tracks={tracks} />
            {chosen.length > 0 && (
              <p>
                <a href={addressOf('/', { segment: undefined })} data-inside>
                  ← {say('segments.all')}
                </a>
              </p>
            )}
            {shown
              .toSorted((a, b) => tracksOf(b) - tracksOf(a))
              .map((cluster) => (
                <SegmentCard
                  key={cluster.segment_id}
                  cluster={cluster}
                  composition={compositions.find((of) => of.segment.segment_id === cluster.segment_id)}
                  share={tracksOf(cluster) / tracks}
                  production={production}
                  session={session}
                  onRenamed={asked.state === 'ready' ? asked.again : () => {}}
                />
              ))}
            <Source version={version} />
          </>
        );
      }}
    </Ready>
  );
}

/** How much each segment weighs, the largest first; each leads to its card. */
function ShareBar({ clusters, tracks }: { clusters: readonly Cluster[]; tracks: number }) {
  const { say, percent, count, language } = useTalk();
  const most = Math.max(...clusters.map(tracksOf));
  return (
    <ul class="share-bar">
      {clusters
        .toSorted((a, b) => tracksOf(b) - tracksOf(a))
        .map((cluster) => {
          const { segment_id, name, colour } = cluster;
          const own = tracksOf(cluster);
          return (
            <li key={segment_id}>
              <a href={addressOf('/', { segment: segment_id })} data-inside>
                <span class="share-name">{name[language]}</span>
                <span class="share-line">
                  <span
                    class="swatch"
                    ref={(mark) => {
                      mark?.style.setProperty('background', colour);
                      mark?.style.setProperty('--weight', String(own / most));
                    }}
                  />
                  <strong>{percent(own / tracks)}</strong>
                  <span class="note">{say('segments.tracks', { tracks: count(own) })}</span>
                </span>
              </a>
            </li>
          );
        })}
    </ul>
  );
}
