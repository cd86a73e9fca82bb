import { SegueError } from '../core/errors.js';

/** Name of the DAG, here and in Airflow. */
export const DAG_ID = 'spotify_clustering_dag';

/** The five tasks in the order in which they run. T5 runs only when T3 refuses or a task dies. */
export const TASK_IDS = [
  'T1_Ingesta_y_Limpieza',
  'T2_Entrenamiento_Modelo',
  'T3_Evaluacion_Calidad',
  'T4_Registro_Despliegue',
  'T5_Notificacion_Fallo',
] as const;

export type TaskId = (typeof TASK_IDS)[number];

/** The tasks of the straight path: every one needs the one before it. */
export const PATH = TASK_IDS.slice(0, 4) as readonly TaskId[];

export const NOTIFY: TaskId = 'T5_Notificacion_Fallo';

/** The task that must be done before this one, or undefined where none must. */
export function needs(task: TaskId): TaskId | undefined {
  return task === NOTIFY ? undefined : PATH[PATH.indexOf(task) - 1];
}

/** Reads `T3`, `t3` or the full task id. */
export function parseTaskId(text: string): TaskId {
  const wanted = text.toLowerCase();
  const found = TASK_IDS.find((id) => id.toLowerCase() === wanted || id.slice(0, 2).toLowerCase() === wanted);
  if (found !== undefined) return found;
  throw new SegueError('SEGUE_USAGE', {
    what: 'No such task',
    value: text,
    limit: TASK_IDS.join(', '),
    mend: 'Give one of these ids, or its first two characters.',
  });
}
