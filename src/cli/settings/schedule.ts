import type { RetentionPolicy } from '../../pipeline/retention.js';
import { choice, text, whole, yesNo } from './kind.js';
import type { Group } from './setting.js';

/** When to retrain. */
export const SCHEDULE = {
  title: 'The schedule',
  commands: ['up'],
  settings: {
    cron: {
      kind: text('minute, hour, day, month, weekday'),
      what: 'when to retrain',
      argument: '<expression>',
      fallback: '0 5 * * 1',
    },
    timezone: {
      kind: text('an IANA time zone'),
      what: "the schedule's time zone",
      argument: '<name>',
      fallback: 'UTC',
    },
    catchUp: {
      kind: choice(['once', 'none']),
      what: 'a retrain that was due while nothing ran: make it up once, or not',
      argument: '<rule>',
      fallback: 'once',
    },
    retrainOnDrift: {
      kind: yesNo,
      what: 'retrain at once, at most weekly, where other tracks are asked than were trained on',
      argument: '[yes|no]',
      fallback: 'no',
    },
  },
} as const satisfies Group;

/** How much of it stays unless told. */
export const RETAINED: RetentionPolicy = { versions: 12, datasets: 3 };

/** How much of the past stays. */
export const RETENTION = {
  title: 'How much of the past stays',
  commands: ['up', 'prune'],
  settings: {
    keepVersions: {
      kind: whole(2),
      what: 'newest versions that stay',
      argument: '<number>',
      unless: unlessPruned(RETAINED.versions),
    },
    keepDatasets: {
      kind: whole(1),
      what: 'newest runs whose cleaned tracks stay',
      argument: '<number>',
      unless: unlessPruned(RETAINED.datasets),
    },
  },
} as const satisfies Group;

function unlessPruned(kept: number): string {
  return `\`prune\`: ${kept}; \`up\` removes nothing unless one of the two is set`;
}
