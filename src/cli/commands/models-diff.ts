import type { Command } from 'commander';
import { loadModel } from '../../models/files.js';
import type { Model } from '../../models/format.js';
import { diffModels, type ModelDiff } from '../../pipeline/model-diff.js';
import { defaultResources, type Resources } from '../../pipeline/options.js';
import { type Io, printJson, printLines, printTable } from '../output.js';
import { type CommonOptions, homeOf, withCommon, withJson } from './common.js';
import { withResources } from './run-options.js';

type Options = CommonOptions & Resources & { readonly json?: boolean };

/** `segue models diff A B`: what changes for tracks. */
export function addModelsDiff(models: Command, io: Io): void {
  const command = models
    .command('diff <from> <to>')
    .description('tracks that change their segment, from where to where, the best-known ones and why');
  withResources(withJson(withCommon(command)), defaultResources()).action(
    async (from: string, to: string, options: Options) => {
      const home = homeOf(options);
      const { threads, memoryLimit } = options;
      const diff = await diffModels(home, from, to, { scratch: home.sharedScratch, threads, memoryLimit });
      if (options.json) return printJson(io, diff);
      printDiff(io, diff, [await loadModel(home, from), await loadModel(home, to)]);
    },
  );
}

function printDiff(io: Io, diff: ModelDiff, models: readonly Model[]): void {
  const { tracks, kept_share, adjusted_rand, flows, moved, movers } = diff;
  const nameOf = (id: string): string =>
    models.flatMap(({ segments }) => segments).findLast(({ segment_id }) => segment_id === id)?.name.en ?? '';
  printLines(
    io,
    `${diff.from} to ${diff.to}, ${tracks.toLocaleString('en')} tracks of run ${diff.run}: ${percent(kept_share)} keep their segment; adjusted Rand index ${adjusted_rand.toFixed(3)}`,
    '',
  );
  printTable(
    io,
    ['from', 'to', 'tracks', 'share', 'names'],
    flows.map((flow) => [
      flow.from,
      flow.from === flow.to ? 'the same' : flow.to,
      flow.tracks,
      percent(flow.tracks / tracks),
      flow.from === flow.to ? nameOf(flow.to) : `${nameOf(flow.from)} → ${nameOf(flow.to)}`,
    ]),
  );
  printLines(io, '', 'How far centres moved, in standard deviations:');
  printTable(
    io,
    ['segment', 'moved'],
    moved.map(({ segment_id, distance }) => [segment_id, distance.toFixed(3)]),
  );
  if (movers.length === 0) return;
  printLines(io, '', 'The best-known tracks that move:');
  printTable(
    io,
    ['popularity', 'track', 'from', 'to', 'because of'],
    movers.map(({ track, from, to, because }) => [
      track.popularity ?? 'unknown',
      `${track.artist_name ?? 'unknown'} – ${track.track_name ?? 'unknown'}`,
      nameOf(from),
      nameOf(to),
      because ?? 'its segment is retired',
    ]),
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
