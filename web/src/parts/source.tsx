import { useAsked } from '../asked.ts';
import { useTalk } from '../i18n/words.ts';
import { askVersion } from '../model.ts';
import { addressOf } from '../url.ts';

export interface SourceProps {
  readonly version: string;
  /** The run that made it, where it is known. */
  readonly run?: string | null;
  /** Whether its files are gone: they can't be asked then. */
  readonly isPruned?: boolean;
}

/** Where the figures above come from: the model with its decision, the run with its tasks, and the hash of the cleaned data. */
export function Source({ version, run, isPruned = false }: SourceProps) {
  const { say } = useTalk();
  const asked = useAsked(async () => (isPruned ? undefined : askVersion(version)), [version, isPruned]);
  const known = asked.state === 'ready' ? asked.value : undefined;
  const madeBy = run ?? known?.run;
  return (
    <p class="source">
      <span class="visually-hidden">{say('source.title')}: </span>
      <a href={addressOf('/evolution', { version })} data-inside>
        {say('source.model', { version })}
      </a>
      {typeof madeBy === 'string' && (
        <>
          {' · '}
          <a href={addressOf('/operations', { run: madeBy })} data-inside>
            {say('source.run', { run: madeBy })}
          </a>
        </>
      )}
      {known !== undefined && (
        <>
          {' · '}
          <a href={`/v1/models/${version}`} title={known.model.lineage.cleaned_data_hash}>
            {say('source.data', { hash: known.model.lineage.cleaned_data_hash.slice(0, 12) })}
          </a>
        </>
      )}
    </p>
  );
}
