import { type ErrorCode, EXIT, type SegueError } from '../core/errors.js';

/** What a command prints to and reads from; tests hand in their own. */
export interface Io {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WriteStream;
}

/** Prints a value as JSON for machines. */
export function printJson(io: Io, value: unknown): void {
  io.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** Prints lines for people. */
export function printLines(io: Io, ...lines: readonly string[]): void {
  io.stdout.write(`${lines.join('\n')}\n`);
}

/** Prints rows under a header, in columns as wide as their widest cell; numbers are aligned to the right. */
export function printTable(
  io: Io,
  header: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): void {
  const cells = [header, ...rows].map((row) =>
    row.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en') : cell)),
  );
  const widths = header.map((_, j) => Math.max(...cells.map((row) => row[j]!.length)));
  const lines = cells.map((row, i) =>
    row
      .map((cell, j) =>
        i > 0 && typeof rows[i - 1]![j] === 'number' ? cell.padStart(widths[j]!) : cell.padEnd(widths[j]!),
      )
      .join('  ')
      .trimEnd(),
  );
  printLines(io, ...lines);
}

/** Prints an error on stderr: code, what, the value, the limit, the mend; a stack only when asked for. */
export function printError(io: Io, error: SegueError, verbose: boolean): void {
  const { what, value, limit, mend } = error.details;
  const lines = [`error ${error.code}: ${what}`];
  if (value !== undefined) lines.push(`  value: ${value}`);
  if (limit !== undefined) lines.push(`  limit: ${limit}`);
  lines.push(`  mend:  ${mend}`);
  if (verbose)
    lines.push(
      String(error.stack),
      ...(error.cause instanceof Error ? [`caused by ${error.cause.stack}`] : []),
    );
  io.stderr.write(`${lines.join('\n')}\n`);
}

/** The same error for machines. */
export function errorAsJson(error: SegueError): {
  error: { code: ErrorCode } & Record<string, unknown>;
  exit_code: number;
} {
  const { what, value, limit, mend } = error.details;
  return { error: { code: error.code, what, value, limit, mend }, exit_code: error.exitCode ?? EXIT.fault };
}
