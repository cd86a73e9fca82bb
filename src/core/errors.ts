/** Exit status of the command line, and the kind of fault that an error stands for. */
export const EXIT = { promoted: 0, fault: 1, usage: 2, refused: 3 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/**
 * Every error that Segue raises on purpose. The code is stable: scripts may match it. `docs/errors.md` lists the same codes
 * (a test compares both).
 */
export const ERROR_CODES = {
  SEGUE_USAGE: { exit: EXIT.usage, title: 'The command or one of its options is wrong' },
  SEGUE_CONFIG_INVALID: { exit: EXIT.usage, title: 'The configuration file cannot be used' },
  SEGUE_SOURCE_NOT_FOUND: { exit: EXIT.usage, title: 'No file at the given path or glob' },
  SEGUE_SOURCE_EMPTY: { exit: EXIT.usage, title: 'The file holds no rows' },
  SEGUE_SOURCE_NOT_A_TABLE: { exit: EXIT.usage, title: 'The file is not a table that can be read' },
  SEGUE_SOURCE_TRUNCATED: { exit: EXIT.usage, title: 'The compressed file ends too early or is damaged' },
  SEGUE_COLUMNS_MISSING: { exit: EXIT.usage, title: 'Columns that the features need are missing' },
  SEGUE_NO_ROWS_KEPT: { exit: EXIT.usage, title: 'No row passed the cleaning rules' },
  SEGUE_TOO_FEW_ROWS: { exit: EXIT.usage, title: 'Fewer rows than segments' },
  SEGUE_INVALID_NUMBER: { exit: EXIT.usage, title: 'A number is not finite or out of its range' },
  SEGUE_CONSTANT_FEATURE: { exit: EXIT.usage, title: 'A feature has the same value in every row' },
  SEGUE_TASK_OUT_OF_ORDER: { exit: EXIT.usage, title: 'A task was asked for before the task that feeds it' },
  SEGUE_RUN_NOT_FOUND: { exit: EXIT.usage, title: 'No run with that id' },
  SEGUE_RUN_CONFLICT: { exit: EXIT.usage, title: 'The run exists with other options' },
  SEGUE_MODEL_NOT_FOUND: { exit: EXIT.usage, title: 'No model version with that name' },
  SEGUE_SEGMENT_NOT_FOUND: { exit: EXIT.usage, title: 'No segment with that permanent id' },
  SEGUE_NO_PRODUCTION: { exit: EXIT.usage, title: 'No model is in production' },
  SEGUE_NO_EARLIER_VERSION: { exit: EXIT.usage, title: 'No earlier version to roll back to' },
  SEGUE_KEY_NOT_FOUND: { exit: EXIT.usage, title: 'No API key with that id' },
  SEGUE_KEY_ENDED: { exit: EXIT.usage, title: 'The API key is revoked or expired' },
  SEGUE_GATE_REFUSED: { exit: EXIT.refused, title: 'The quality gate refused the model' },
  SEGUE_MODEL_CORRUPT: { exit: EXIT.fault, title: 'A model file does not match its hash' },
  SEGUE_MODEL_FORMAT: { exit: EXIT.fault, title: 'A model file has the format of another release' },
  SEGUE_LEDGER_CORRUPT: { exit: EXIT.fault, title: 'The ledger holds a line that cannot be read' },
  SEGUE_REGISTRY_UNREACHABLE: { exit: EXIT.fault, title: 'The bucket of the registry does not answer' },
  SEGUE_REGISTRY_DIFFERS: { exit: EXIT.fault, title: 'The home and the bucket tell different histories' },
  SEGUE_KEYS_CORRUPT: { exit: EXIT.fault, title: 'The file of API keys cannot be read' },
  SEGUE_CONTRACT_DIFFERS: { exit: EXIT.fault, title: 'A model has other features than the running service' },
  SEGUE_SECRET_UNREADABLE: { exit: EXIT.fault, title: 'A secret cannot be read from where it should be' },
  SEGUE_HOME_LOCKED: { exit: EXIT.fault, title: 'Another process works on the same home folder' },
  SEGUE_PORT_IN_USE: { exit: EXIT.fault, title: 'The address is taken' },
  SEGUE_TASK_TIMEOUT: { exit: EXIT.fault, title: 'A task took longer than it may' },
  SEGUE_OUT_OF_MEMORY: { exit: EXIT.fault, title: 'The SQL engine needs more memory than it may use' },
  SEGUE_SPARK_UNREACHABLE: { exit: EXIT.fault, title: 'The Spark server does not answer' },
  SEGUE_SPARK_REFUSED: { exit: EXIT.fault, title: 'The Spark server does not let us in' },
  SEGUE_SPARK_LOST: { exit: EXIT.fault, title: 'The Spark server has forgotten the session' },
  SEGUE_SPARK_FAILED: { exit: EXIT.fault, title: 'Spark could not do what was asked' },
  SEGUE_DISK_FULL: { exit: EXIT.fault, title: 'Nothing more can be written to the disk' },
  SEGUE_COUNTS_DISAGREE: { exit: EXIT.fault, title: 'Rows read are not rows kept plus rows rejected' },
  SEGUE_INTERNAL: { exit: EXIT.fault, title: 'A fault of Segue itself' },
} as const satisfies Record<string, { exit: ExitCode; title: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;

export interface ErrorDetails {
  /** What is wrong, in one sentence without the final stop. */
  readonly what: string;
  /** The offending value as it was given. */
  readonly value?: string | number | undefined;
  /** The limit or the form that was expected. */
  readonly limit?: string | number | undefined;
  /** How to mend it, in one sentence. */
  readonly mend: string;
  readonly cause?: unknown;
}

/** An error that tells a person what, the value, the limit and the mend. */
export class SegueError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails) {
    super(describe(details), { cause: details.cause });
    this.name = 'SegueError';
    this.code = code;
    this.details = details;
  }

  get exitCode(): ExitCode {
    return ERROR_CODES[this.code].exit;
  }
}

/** What systems, and the engine, say where a disk, a quota or the longest file is full. */
const FULL_DISK = /ENOSPC|EDQUOT|EFBIG|No space left on device|Disk quota exceeded|File too large/;

/** Wraps whatever was thrown, so that callers at the edge handle one type only. */
export function toSegueError(thrown: unknown): SegueError {
  if (thrown instanceof SegueError) return thrown;
  const what = thrown instanceof Error ? thrown.message : String(thrown);
  if (FULL_DISK.test(what)) {
    return new SegueError('SEGUE_DISK_FULL', {
      what: what.replace(/\.$/, ''),
      mend: 'Make room, for example by «segue prune --keep-versions 10», then run the command again: it goes on where it was.',
      cause: thrown,
    });
  }
  return new SegueError('SEGUE_INTERNAL', {
    what,
    mend: 'Run the command again with --verbose and report what it prints.',
    cause: thrown,
  });
}

function describe({ what, value, limit, mend }: ErrorDetails): string {
  const parts = [what];
  if (value !== undefined) parts.push(`value: ${value}`);
  if (limit !== undefined) parts.push(`limit: ${limit}`);
  return `${parts.join('; ')}. ${mend}`;
}
