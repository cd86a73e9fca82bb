import { useEffect, useRef, useState } from 'preact/hooks';
import type { ApiError } from '../api.ts';
import { type Cluster, client, dataOf, type Playlist } from '../api.ts';
import { useAsked } from '../asked.ts';
import { TempoPath } from '../charts/tempo-path.tsx';
import { useTalk } from '../i18n/words.ts';
import { askProduction } from '../model.ts';
import { Source } from '../parts/source.tsx';
import { Ready } from '../parts/states.tsx';
import { csvOf, download, m3uOf } from '../playlist-files.ts';
import { addressOf, go } from '../url.ts';
import type { ViewProps } from '../views.tsx';

/** How long to wait for a service that still reads its catalogue, in milliseconds. */
const AGAIN_MS = 1000;

/** Makes a playlist of a segment, shows its tempo, and gives it away as a file. */
export default function PlaylistsView({ params, session }: ViewProps) {
  const asked = useAsked(askProduction, []);
  const { say } = useTalk();
  const mayMake = session.scopes.some((scope) => scope === 'predict' || scope === 'admin');
  return (
    <>
      <h1 tabIndex={-1}>{say('playlists.title')}</h1>
      <p class="lead">{say('playlists.lead')}</p>
      {mayMake ? (
        <Ready asked={asked}>{({ clusters }) => <Maker clusters={clusters} params={params} />}</Ready>
      ) : (
        <p class="warning">{say('state.scope', { scope: 'predict' })}</p>
      )}
    </>
  );
}

function Maker({ clusters, params }: { clusters: readonly Cluster[]; params: URLSearchParams }) {
  const { say, language, number } = useTalk();
  const [made, setMade] = useState<Playlist>();
  const [fault, setFault] = useState<string>();
  const later = useRef<ReturnType<typeof setTimeout>>(undefined);
  const segment = params.get('segment') ?? clusters[0]?.segment_id ?? '';
  const [length, variety, seed] = [
    Number(params.get('length') ?? 25),
    Number(params.get('variety') ?? 0.3),
    Number(params.get('seed') ?? 1),
  ];
  const make = async (): Promise<void> => {
    try {
      setMade(
        await dataOf(client.POST('/v1/playlists', { body: { segment, length, variety, seed } as never })),
      );
      setFault(undefined);
    } catch (error) {
      const { code, title, detail } = (error as ApiError).problem;
      setFault(code === 'catalogue_loading' ? say('playlists.loading') : (detail ?? title));
      if (code === 'catalogue_loading') later.current = setTimeout(() => void make(), AGAIN_MS);
    }
  };
  useEffect(() => {
    void make(); // what the address asks for
    return () => clearTimeout(later.current);
  }, []);
  return (
    <>
      <form
        class="card maker"
        onSubmit={(event) => {
          event.preventDefault();
          clearTimeout(later.current);
          void make();
        }}
      >
        <label>
          {say('playlists.segment')}
          <select value={segment} onChange={change('segment')}>
            {clusters.map(({ segment_id, name }) => (
              <option key={segment_id} value={segment_id}>
                {name[language]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {say('playlists.length')}
          <input type="number" min="2" max="200" required value={length} onChange={change('length')} />
        </label>
        <label>
          {say('playlists.variety')} <span>{number(variety, 1)}</span>
          <input type="range" min="0" max="1" step="0.1" value={variety} onInput={change('variety')} />
          <span class="note">{say('playlists.varietyHelp')}</span>
        </label>
        <label>
          {say('playlists.seed')}
          <input type="number" min="0" max="4294967295" required value={seed} onChange={change('seed')} />
        </label>
        <button type="submit" class="main">
          {say('playlists.make')}
        </button>
        <p class="fault" role="alert">
          {fault}
        </p>
      </form>
      {made !== undefined && (
        <Made
          playlist={made}
          colour={clusters.find(({ segment_id }) => segment_id === segment)?.colour ?? 'var(--ink)'}
        />
      )}
    </>
  );
}

/** Puts what a field holds into the address. */
function change(name: string): (event: Event) => void {
  return (event) =>
    go(addressOf('/playlists', { [name]: (event.target as HTMLInputElement).value }), 'replace');
}

function Made({ playlist, colour }: { playlist: Playlist; colour: string }) {
  const { say, number, count } = useTalk();
  const { tracks, shortfall, model_version } = playlist;
  return (
    <section class="card" aria-live="polite">
      <h2>{say('playlists.list')}</h2>
      {shortfall !== null && <p class="warning">{say('playlists.short', { missing: shortfall.missing })}</p>}
      <p class="choices no-print">
        <button type="button" onClick={() => download('playlist.csv', 'text/csv', csvOf(tracks))}>
          CSV
        </button>
        <button type="button" onClick={() => download('playlist.m3u8', 'audio/x-mpegurl', m3uOf(tracks))}>
          M3U
        </button>
        <button
          type="button"
          onClick={() => download('playlist.json', 'application/json', JSON.stringify(playlist, null, 2))}
        >
          JSON
        </button>
      </p>
      <h3>{say('playlists.tempo')}</h3>
      <TempoPath
        tempos={tracks.map(({ features }) => features.tempo)}
        colour={colour}
        label={say('playlists.tempo')}
        format={(value) => number(value, 0)}
      />
      <ol class="tracks">
        {tracks.map(({ track_id, track_name, artist_name, genre, popularity, features }) => (
          <li key={track_id}>
            <strong>{track_name ?? say('segments.unknown')}</strong>
            <span>
              {[
                artist_name ?? say('segments.unknown'),
                genre,
                popularity === null
                  ? null
                  : `${say('segments.popularity').toLowerCase()} ${count(popularity)}`,
              ]
                .filter((part) => part !== null)
                .join(' · ')}
            </span>
            <span class="figure">{number(features.tempo, 0)} BPM</span>
          </li>
        ))}
      </ol>
      <Source version={model_version} />
    </section>
  );
}
