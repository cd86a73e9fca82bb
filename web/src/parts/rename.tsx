import { useState } from 'preact/hooks';
import type { ApiError } from '../api.ts';
import { type Cluster, client, dataOf } from '../api.ts';
import { useTalk } from '../i18n/words.ts';

/** Gives a segment a name of people's own, or takes it back. */
export function Rename({ cluster, onDone }: { cluster: Cluster; onDone: (changed: boolean) => void }) {
  const { say } = useTalk();
  const [fault, setFault] = useState<string>();
  const path = { segment_id: cluster.segment_id };
  const attempt = async (work: Promise<unknown>): Promise<void> => {
    try {
      await work;
      onDone(true);
    } catch (error) {
      const { title, detail } = (error as ApiError).problem;
      setFault(detail ?? title);
    }
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const body = { en: textOf(form, 'en'), es: textOf(form, 'es') };
    void attempt(dataOf(client.PUT('/v1/segments/{segment_id}/name', { params: { path }, body })));
  };
  return (
    <form class="rename no-print" onSubmit={submit}>
      <label>
        {say('segments.nameEn')}
        <input name="en" required maxLength={60} value={cluster.name.en} />
      </label>
      <label>
        {say('segments.nameEs')}
        <input name="es" required maxLength={60} value={cluster.name.es} />
      </label>
      <button type="submit" class="main">
        {say('segments.save')}
      </button>
      {cluster.name_pinned && (
        <button
          type="button"
          onClick={() =>
            void attempt(dataOf(client.DELETE('/v1/segments/{segment_id}/name', { params: { path } })))
          }
        >
          {say('segments.unpin')}
        </button>
      )}
      <button type="button" class="plain" onClick={() => onDone(false)}>
        {say('segments.cancel')}
      </button>
      <p class="fault" role="alert">
        {fault}
      </p>
    </form>
  );
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
