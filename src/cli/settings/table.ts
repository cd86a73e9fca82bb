import { AT_SCALE, CLUSTER } from './cluster.js';
import { COMMON } from './common.js';
import { CONNECTIONS, GUARD } from './guard.js';
import { NOTICES } from './notices.js';
import { RESOURCES, RUN } from './run.js';
import { RETENTION, SCHEDULE } from './schedule.js';
import { KEYS, VAULT } from './secrets.js';
import { SERVE } from './serve.js';
import type { Group, Setting } from './setting.js';
import { TRACING } from './tracing.js';

/** Every setting, by what it is about. Flags, variables, the file, its schema, .env.example and the page are made of it. */
export const GROUPS: readonly Group[] = [
  COMMON,
  RUN,
  RESOURCES,
  CLUSTER,
  AT_SCALE,
  SCHEDULE,
  RETENTION,
  SERVE,
  GUARD,
  CONNECTIONS,
  KEYS,
  VAULT,
  NOTICES,
  TRACING,
];

/** Every setting by its name. */
export const SETTINGS: ReadonlyMap<string, Setting> = new Map(
  GROUPS.flatMap(({ settings }) => Object.entries(settings)),
);
