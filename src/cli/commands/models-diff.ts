import type { Command } from 'commander';
import { loadModel, loadVersion } from '../../models/files.js';
import type { Model } from '../../models/format.js';
import { pinnedNames } from '../../models/pin.js';
import { type Name, type Pin, reviewOf, type Shift, withPinnedNames } from '../../models/pins.js';
import { diffModels, type ModelDiff } from '../../pipeline/model-diff.js';
import type { Resources } from '../../pipeline/options.js';
import type { Profile } from '../../training/profile.js';
import { type Io, printJson, printLines, printTable } from '../output.js';
import { type CommonOptions, homeOf, withCommon, withJson } from './common.js';
import { withResources } from './run-options.js';

type Options = CommonOptions & Resources & { readonly json?: boolean };

/** `segue models diff A B`: what changes for tracks. */
export function addModelsDiff(models: Command, io: Io): void {
  const command = models
    .command('diff <from> <to>')
    .description('tracks that change their segment, from where to where, the best-known ones and why');
  withResources(withJson(withCommon(command))).action(async (from: string, to: string, options: Options) => {
    const home = homeOf(options);
    const { threads, memoryLimit } = options;
    const diff = await diffModels(home, from, to, { scratch: home.sharedScratch, threads, memoryLimit });
    const pins = await pinnedNames(home);
    const { model, profile } = await loadVersion(home, to);
    const reviews = reviewsOf(model, profile as Profile, pins);
    if (options.json) return printJson(io, { ...diff, name_reviews: reviews });
    const both = [await loadModel(home, from), model];
    printDiff(
      io,
      diff,
      both.map((one) => withPinnedNames(one, pins)),
    );
    for (const { segment_id, name, feature, sd } of reviews)
      printLines(
        io,
        '',
        `Does «${name.en}» still fit ${segment_id}? Its ${feature} moved by ${sd.toFixed(2)} sd since it was named.`,
      );
  });
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

interface NameReview extends Shift {
  readonly segment_id: string;
  readonly name: Name;
}

/** Pinned names that may not fit the segments of a version any more. */
function reviewsOf(model: Model, profile: Profile, pins: ReadonlyMap<string, Pin>): readonly NameReview[] {
  return model.segments.flatMap(({ segment_id, cluster_id }) => {
    const pin = pins.get(segment_id);
    const shift = pin && reviewOf(pin, profile, cluster_id);
    return pin === undefined || shift === undefined ? [] : [{ segment_id, name: pin.name, ...shift }];
  });
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
