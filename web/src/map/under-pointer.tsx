import { useEffect, useState } from 'preact/hooks';
import { useTalk } from '../i18n/words.ts';
import { tracksOf } from './tracks.ts';

/** How long the pointer must rest, in milliseconds. */
const REST_MS = 120;

/** The track under the pointer, once it rests. */
export function UnderPointer({ row }: { row: number | undefined }) {
  const { say, language } = useTalk();
  const [text, setText] = useState<string>();
  useEffect(() => {
    if (row === undefined) return undefined;
    let over = false;
    const tell = async (): Promise<void> => {
      const [track] = await tracksOf([row]);
      if (over || track === undefined) return;
      const { track_name, artist_name, genre, segment } = track;
      const parts = [track_name, artist_name, genre, segment.name[language]];
      setText(parts.filter((part) => part !== null).join(' · '));
    };
    const timer = setTimeout(() => void tell(), REST_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [row, language]);
  return (
    <p>
      <strong>{say('map.under')}</strong>: {text ?? say('map.nothing')}
    </p>
  );
}
