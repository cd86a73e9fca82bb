import { client, dataOf } from '../api.ts';
import { useAsked } from '../asked.ts';
import { useTalk } from '../i18n/words.ts';
import { ByGenre } from './by-genre.tsx';
import { ByYear } from './by-year.tsx';
import { Source } from './source.tsx';
import { Ready } from './states.tsx';

/** A segment in a chart of shares. */
export interface SegmentMark {
  readonly id: string;
  /** Its place in counts by segment: its `cluster_id`. */
  readonly at: number;
  readonly name: string;
  readonly colour: string;
}

/** How the tracks of each genre and each year fall into the segments in production. */
export function Shares({ relative, allGenres }: { readonly relative: boolean; readonly allGenres: boolean }) {
  const asked = useAsked(() => dataOf(client.GET('/v1/composition')), []);
  const { say, language, count } = useTalk();
  return (
    <Ready asked={asked}>
      {({ model_version, tracks, catalogue_tracks, segments, by }) => {
        const marks = segments.map(({ cluster_id, segment, colour }) => ({
          id: segment.segment_id,
          at: cluster_id,
          name: segment.name[language],
          colour,
        }));
        return (
          <>
            <section class="card">
              <h2>{say('distribution.byGenre')}</h2>
              <p class="note">
                {tracks === catalogue_tracks
                  ? say('distribution.byAll', { tracks: count(tracks) })
                  : say('distribution.bySample', {
                      tracks: count(tracks),
                      all: count(catalogue_tracks),
                    })}{' '}
                {say('distribution.byHelp')}
              </p>
              <ByGenre by={by} segments={marks} relative={relative} all={allGenres} />
              <Source version={model_version} />
            </section>
            <section class="card">
              <h2>{say('distribution.byYear')}</h2>
              <p class="note">{say('distribution.byYearHelp')}</p>
              <ByYear by={by} segments={marks} relative={relative} />
              <Source version={model_version} />
            </section>
          </>
        );
      }}
    </Ready>
  );
}
