import { useEffect, useState } from 'preact/hooks';
import { client, dataOf } from '../api.ts';
import { useAsked } from '../asked.ts';
import { useTalk } from '../i18n/words.ts';
import { addressOf, go, place } from '../url.ts';

/** How long the fingers must rest, in milliseconds, and tracks that are shown. */
const [REST_MS, MOST] = [200, 12];

export interface SearchProps {
  readonly version: string;
  readonly onChanged: () => void;
  /** The track that was chosen; its ring is the stronger one. */
  readonly chosen: number | undefined;
  /** Told the rows that were found. */
  readonly onFound: (rows: readonly number[]) => void;
  readonly onChoose: (row: number) => void;
}

/** Finds tracks by name; what is looked for stands in the address. */
export function MapSearch({ version, onChanged, chosen, onFound, onChoose }: SearchProps) {
  const { say, language, count } = useTalk();
  const [text, setText] = useState(place().params.get('q') ?? '');
  const [asked, setAsked] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => {
      setAsked(text.trim());
      go(addressOf('/map', { q: text.trim() === '' ? undefined : text.trim() }), 'replace');
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const answer = useAsked(
    async () =>
      asked === ''
        ? undefined
        : dataOf(client.GET('/v1/tracks', { params: { query: { q: asked, limit: MOST } } })),
    [asked],
  );
  const result = answer.state === 'ready' ? answer.value : undefined;
  useEffect(() => {
    if (result !== undefined && result.model_version !== version) onChanged();
    else onFound(result?.tracks.map(({ row }) => row) ?? []);
  }, [result, version]);
  return (
    <div class="map-search no-print" role="search">
      <label>
        {say('map.search')}
        <input
          type="search"
          maxLength={200}
          value={text}
          placeholder={say('map.searchHint')}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </label>
      <p class="note" role="status">
        {answer.state === 'failed' && say('map.searchFailed')}
        {result !== undefined &&
          say(foundWords(result), { count: count(result.found), shown: count(result.tracks.length) })}
      </p>
      {result !== undefined && result.tracks.length > 0 && (
        <ol class="found">
          {result.tracks.map(({ row, track_name, artist_name, segment }) => (
            <li key={row}>
              <button type="button" aria-pressed={row === chosen} onClick={() => onChoose(row)}>
                <strong>{track_name ?? say('segments.unknown')}</strong>{' '}
                {[artist_name ?? say('segments.unknown'), segment.name[language]].join(' · ')}
              </button>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

function foundWords({ found, tracks }: { found: number; tracks: readonly unknown[] }) {
  if (found === 0) return 'map.foundNone';
  return found > tracks.length ? 'map.foundMore' : 'map.found';
}
