import { useEffect, useState } from 'preact/hooks';
import { useTalk } from '../i18n/words.ts';
import { isModelChanged, tracksOf } from './tracks.ts';

/** How long the pointer must rest, in milliseconds. */
const REST_MS = 120;

/** The track under the pointer, once it rests. */
export function UnderPointer({
  row,
  version,
  onChanged,
}: {
  row: number | undefined;
  version: string;
  onChanged: () => void;
}) {
  const { say, language } = useTalk();
  const [text, setText] = useState<string>();
  useEffect(() => {
    if (row === undefined) return undefined;
    let over = false;
    const tell = async (): Promise<void> => {
      const [track] = await tracksOf(version, [row]);
      if (over || track === undefined) return;
      const { track_name, artist_name, genre, segment } = track;
      const parts = [track_name, artist_name, genre, segment.name[language]];
      setText(parts.filter((part) => part !== null).join(' · '));
    };
    const failed = (error: unknown): void => {
      if (isModelChanged(error)) onChanged();
      else setText(undefined);
    };
    const timer = setTimeout(() => void tell().catch(failed), REST_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [row, language, version]);
  return (
    <p>
      <strong>{say('map.under')}</strong>: {text ?? say('map.nothing')}
    </p>
  );
}
