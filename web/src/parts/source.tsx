import { useTalk } from '../i18n/words.ts';

/** Where the figures above come from: model, run and data. */
export function Source({
  version,
  run,
  data,
}: {
  version: string;
  run?: string | null | undefined;
  data?: string | undefined;
}) {
  const { say } = useTalk();
  return (
    <p class="source">
      <span class="visually-hidden">{say('source.title')}: </span>
      <a href={`/v1/models/${version}`}>{say('source.model', { version })}</a>
      {typeof run === 'string' && (
        <>
          {' · '}
          <a href={`/v1/runs/${run}`}>{say('source.run', { run })}</a>
        </>
      )}
      {data !== undefined && ` · ${say('source.data', { hash: data.slice(0, 12) })}`}
    </p>
  );
}
