import { SparkServerError } from './server-error.js';

/** What Spark 4 and 3.5 call files that can't be read. */
const READING_FAULT =
  /FAILED_READ_FILE|CANNOT_READ_FILE_FOOTER|readParquetFooters|_LEGACY_ERROR_TEMP_20(62|63|64)/;

/** Whether an error is of a file that can't be read. */
export function isReadingFault(error: unknown): boolean {
  const cause = causeOf(error);
  return (
    cause !== undefined && (READING_FAULT.test(cause.condition ?? '') || READING_FAULT.test(cause.message))
  );
}

/** Whether an error says that there is nothing of a path. */
export function isPathMissing(error: unknown): boolean {
  return causeOf(error)?.condition === 'PATH_NOT_FOUND';
}

function causeOf(error: unknown): SparkServerError | undefined {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  return cause instanceof SparkServerError ? cause : undefined;
}
