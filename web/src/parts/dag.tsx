import type { Run } from '../api.ts';
import { en, type Words } from '../i18n/en.ts';
import { useTalk } from '../i18n/words.ts';

type Task = Run['tasks'][number];

/** How it stands with a task: the one that tells people of a failure isn't waited for where there was none. */
export function taskState(run: Run, { task, state }: Pick<Task, 'task' | 'state'>): keyof Words {
  const isIdle = state === 'pending' && run.state === 'promoted' && task === run.tasks.at(-1)?.task;
  return isIdle ? 'task.notNeeded' : `task.${state}`;
}

/** A run as the tasks that follow one another; the last one stands below, because it runs only when another one ends badly. */
export function Dag({ run }: { run: Run }) {
  const { say, number, time } = useTalk();
  return (
    <ol class="dag" aria-label={say('operations.tasksOf', { run: run.run })}>
      {run.tasks.map(({ task, state, seconds, started_at, attempts, summary, error }) => {
        const key = `task.${task}`;
        const took =
          typeof seconds === 'number'
            ? say('operations.seconds', { seconds: number(seconds, 1) })
            : state === 'running' && started_at !== null
              ? say('operations.since', { time: time(started_at) })
              : '';
        return (
          <li key={task} class={`dag-task ${state}`}>
            <h3>
              {key in en ? say(key as keyof Words) : task}
              <span class="note"> {task.slice(0, 2)}</span>
            </h3>
            <p class="dag-state">
              {[
                say(taskState(run, { task, state })),
                took,
                attempts > 1 ? say('operations.attempts', { count: attempts }) : '',
              ]
                .filter((part) => part !== '')
                .join(', ')}
            </p>
            {(error !== null || summary !== null) && (
              <p class="note" lang="en">
                {error?.title ?? summary}
              </p>
            )}
          </li>
        );
      })}
    </ol>
  );
}
