import { client, dataOf } from '../api.ts';
import { useAsked } from '../asked.ts';
import { type Talk, useTalk } from '../i18n/words.ts';
import { MapPicture } from '../map/picture.tsx';
import { modelChanged } from '../map/tracks.ts';
import { askProduction } from '../model.ts';
import { Source } from '../parts/source.tsx';
import { Ready } from '../parts/states.tsx';

async function askMap() {
  const [production, map] = await Promise.all([askProduction(), dataOf(client.GET('/v1/map'))]);
  if (map.model_version !== production.version) throw modelChanged(); // promoted between the two answers
  const bytes = await dataOf(
    client.GET('/v1/map/{version}', {
      params: { path: { version: map.model_version } },
      parseAs: 'arrayBuffer',
    }),
  );
  return { production, map, points: new Uint16Array(bytes) };
}

/** Every track as a point, coloured by its segment. */
export default function MapView() {
  const asked = useAsked(askMap, []);
  const talk = useTalk();
  const { say, count, percent } = talk;
  return (
    <>
      <h1 tabIndex={-1}>{say('map.title')}</h1>
      <Ready asked={asked}>
        {({ production, map, points }) => {
          const [first = 0, second = 0] = map.explained;
          const names = production.model.contract.features.map(({ name }) => name);
          return (
            <>
              <p class="lead">
                {say('map.lead', { tracks: count(map.tracks), share: percent(first + second, 0) })}
              </p>
              <MapPicture
                key={map.model_version}
                version={map.model_version}
                points={points}
                segmentRows={map.segment_rows}
                clusters={production.clusters}
                onChanged={asked.state === 'ready' ? asked.again : () => {}}
              />
              <p class="note">
                {say('map.horizontal', { features: directionOf(map.loadings[0] ?? [], names, talk) })}
                <br />
                {say('map.vertical', { features: directionOf(map.loadings[1] ?? [], names, talk) })}
              </p>
              <Source version={map.model_version} />
            </>
          );
        }}
      </Ready>
    </>
  );
}

/** The features that a direction is made of, the strongest first: `danceability +0.66, valence +0.61`. */
function directionOf(loadings: readonly number[], names: readonly string[], { signed }: Talk): string {
  return loadings
    .map((value, j) => ({ value, name: names[j] ?? '' }))
    .filter(({ value }) => Math.abs(value) >= 0.2)
    .toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .map(({ value, name }) => `${name} ${signed(value)}`)
    .join(', ');
}
