import type { ComponentChildren } from 'preact';
import type { Asked } from '../asked.ts';
import { useTalk } from '../i18n/words.ts';

export function Loading() {
  const { say } = useTalk();
  return (
    <p class="note" role="status">
      {say('state.loading')}
    </p>
  );
}

/** What was asked for didn't come: why, and a way to ask again. */
export function Failed({ asked: { error, again } }: { asked: Extract<Asked<unknown>, { state: 'failed' }> }) {
  const { say } = useTalk();
  const { code, title, detail } = error.problem;
  const saidOf = (of: string): string | undefined => {
    if (of === 'unreachable') return say('state.unreachable');
    return of === 'model_changed' ? say('state.modelChanged') : undefined;
  };
  if (code === 'no_model')
    return (
      <div class="empty">
        <h2>{say('state.noModel')}</h2>
        <p>{say('state.noModelMend')}</p>
        <button type="button" onClick={again}>
          {say('state.again')}
        </button>
      </div>
    );
  return (
    <div class="empty" role="alert">
      <h2>{say('state.failed')}</h2>
      <p>{saidOf(code) ?? detail ?? title}</p>
      <button type="button" onClick={again}>
        {say('state.again')}
      </button>
    </div>
  );
}

export function NoPage() {
  const { say } = useTalk();
  return (
    <div class="empty">
      <h1 tabIndex={-1}>{say('state.notFound')}</h1>
    </div>
  );
}

/** Shows what came, or how it stands with it. */
export function Ready<T>({
  asked,
  children,
}: {
  asked: Asked<T>;
  children: (value: T) => ComponentChildren;
}) {
  if (asked.state === 'loading') return <Loading />;
  if (asked.state === 'failed') return <Failed asked={asked} />;
  return <>{children(asked.value)}</>;
}
