import { Writable } from 'node:stream';
import { main } from '#segue/cli/main.js';

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command line in this process. */
export async function segue(...argv: readonly string[]): Promise<Outcome> {
  const stdout = collector();
  const stderr = collector();
  const exitCode = await main(['node', 'segue', ...argv], { stdout: stdout.stream, stderr: stderr.stream });
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
}

/** As `segue`, with its standard output read as JSON. */
export async function segueJson<T = never>(
  ...argv: readonly string[]
): Promise<Outcome & { readonly json: T }> {
  const outcome = await segue(...argv, '--json');
  return { ...outcome, json: JSON.parse(outcome.stdout) as T };
}

function collector(): { stream: NodeJS.WriteStream; text: () => string } {
  const chunks: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, done) {
      chunks.push(chunk.toString());
      done();
    },
  });
  return { stream: stream as NodeJS.WriteStream, text: () => chunks.join('') };
}
