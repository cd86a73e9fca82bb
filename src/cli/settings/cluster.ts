import { LOCAL_ROWS } from '../../pipeline/options.js';
import { choice, path, text, whole } from './kind.js';
import type { Group } from './setting.js';

/** Who does the work, and where. */
export const CLUSTER = {
  title: 'A Spark cluster',
  commands: ['run', 'task', 'up', 'replay', 'assign'],
  note: 'docs/spark.md says when and how.',
  settings: {
    engine: {
      kind: choice(['duckdb', 'spark']),
      what: 'who does the work: duckdb on this machine, or a Spark cluster',
      argument: '<name>',
      unless: 'duckdb',
    },
    spark: {
      kind: text('`sc://host:port/;name=value`'),
      what: 'address of its Spark Connect server; by the variable if there is a token in it: others see flags',
      argument: '<address>',
      secret: ['', '_FILE', '_VAULT'],
      unless: 'none; `--engine spark` needs one',
    },
    clusterWork: {
      kind: path('a folder'),
      what: "folder on the cluster's storage for what it writes, such as s3a://bucket/segue",
      argument: '<folder>',
      unless: '`cluster` in the home, for a source that is a path',
    },
  },
} as const satisfies Group;

/** How much of what a cluster cleaned is brought here. */
export const AT_SCALE = {
  title: 'Training on a cluster',
  commands: ['run', 'task', 'up'],
  settings: {
    localRows: {
      kind: whole(1000),
      what: 'with --engine spark: rows up to which training is done here; beyond, the cluster does it, and a sample of so many comes here',
      argument: '<number>',
      unless: String(LOCAL_ROWS),
    },
  },
} as const satisfies Group;
