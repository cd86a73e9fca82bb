import { join } from 'node:path';
import { writeSyntheticCatalogue } from '../../catalogue/synthetic/write.js';
import type { Home } from '../../core/home.js';
import { SPOTIFY_FEATURES } from '../../features/contract.js';
import { startRun } from '../../pipeline/start.js';
import { createKey, listKeys, revokeKey } from '../../service/key-file.js';
import { printLines } from '../output.js';
import { integer } from '../parse.js';
import { showProgress } from '../progress.js';
import { type ServeFlags, withServeOptions } from '../serving/serve-options.js';
import { untilStopped } from '../signals.js';
import { tellerFor } from '../teller.js';
import { type AddCommand, type CommonOptions, homeOf, withCommon } from './common.js';
import { pipelineContext } from './pipeline-context.js';
import { type RunFlags, runOptionsOf, withRunOptions } from './run-options.js';
import { exitCodeOf, printOutcome } from './run-outcome.js';
import { serveHome } from './serve.js';

type Options = CommonOptions & RunFlags & ServeFlags & { readonly tracks: number };

const LABEL = 'demo';

/** `segue demo`: from nothing to an answer. */
export const addDemo: AddCommand = (program, { io, exit }) => {
  const command = program
    .command('demo')
    .description(
      'generate a catalogue, run the pipeline on it, serve the model; prints a key and a curl line',
    )
    .option('--tracks <number>', 'tracks to generate', integer(100), 20_000);
  withServeOptions(withRunOptions(withCommon(command))).action(async (flags: Options) => {
    const home = homeOf(flags);
    const progress = showProgress(io.stderr);
    try {
      const catalogue = join(home.root, 'demo', 'catalogue.csv');
      progress.step(`generating ${flags.tracks.toLocaleString('en')} tracks`);
      await writeSyntheticCatalogue(catalogue, { tracks: flags.tracks, seed: flags.seed }, progress);
      const context = pipelineContext(flags, io, progress, await tellerFor(homeOf(flags), io));
      const record = await startRun(context, { options: runOptionsOf(flags, flags.source ?? catalogue) });
      progress.finish();
      await printOutcome(io, home, record, false);
      if (record.state === 'refused') return exit(exitCodeOf(record));
    } finally {
      progress.finish();
    }

    const server = await serveHome(home, flags, io);
    const key = await demoKey(home);
    printLines(
      io,
      '',
      `dashboard      ${server.url}/  (sign in by the key)`,
      `API            ${server.url}/v1/predict/cluster`,
      `documentation  ${server.url}/docs`,
      `metrics        ${server.url}/metrics`,
      `key            ${key}`,
      '',
      'Ask it, from another terminal:',
      '',
      curlLine(server.url, key),
      '',
      'Stop: Ctrl-C',
    );
    await untilStopped();
    await server.close();
  });
};

/** A new key for this demo; those of earlier demos end. */
async function demoKey(home: Home): Promise<string> {
  const now = new Date();
  for (const { id, label, revoked_at } of await listKeys(home)) {
    if (label === LABEL && revoked_at === null) await revokeKey(home, id, now);
  }
  return (await createKey(home, { label: LABEL, scopes: ['predict', 'read'] }, now)).key;
}

/** A request that answers, with the contract's example values. */
function curlLine(url: string, key: string): string {
  const body = Object.fromEntries(SPOTIFY_FEATURES.features.map(({ name, example }) => [name, example]));
  return `curl -s ${url}/v1/predict/cluster -H 'X-API-Key: ${key}' -H 'content-type: application/json' -d '${JSON.stringify(body)}'`;
}
