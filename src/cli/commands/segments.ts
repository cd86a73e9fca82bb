import type { Command } from 'commander';
import { currentActor } from '../../core/actor.js';
import { SegueError } from '../../core/errors.js';
import type { Home } from '../../core/home.js';
import type { Act } from '../../models/change.js';
import { loadVersion } from '../../models/files.js';
import { productionAt } from '../../models/history.js';
import type { LedgerEntry } from '../../models/ledger.js';
import { ledgerOf } from '../../models/ledger-of.js';
import { pinName, unpinName } from '../../models/pin.js';
import { nameOf, pinsIn, reviewOf, type Shift } from '../../models/pins.js';
import { segmentHistory } from '../../models/segment-history.js';
import { colourOf, SEGMENT_COLOURS } from '../../training/identity/colours.js';
import type { Profile } from '../../training/profile.js';
import { printJson, printLines, printTable } from '../output.js';
import { type AddCommand, type CommonOptions, homeOf, withCommon, withJson } from './common.js';

type Options = CommonOptions & { readonly json?: boolean; readonly reason?: string };
type PinOptions = Options & { readonly en: string; readonly es: string };

/** `segue segments list|pin|unpin|history`: what people call the segments of production, and what became of each. */
export const addSegments: AddCommand = (program, { io }) => {
  const segments = program.command('segments').description('permanent segments: their names, their history');

  withOutput(segments.command('list').description('the segments in production')).action(
    async (options: Options) => {
      const rows = await listSegments(homeOf(options));
      if (options.json) return printJson(io, rows);
      printTable(
        io,
        ['id', 'segment', 'share', 'name', 'nombre', 'pinned', 'review'],
        rows.map(({ segment_id, cluster_id, share, name, pinned, review }) => [
          segment_id,
          String(cluster_id),
          `${(100 * share).toFixed(1)} %`,
          name.en,
          name.es,
          pinned ? 'yes' : '',
          review === null ? '' : `${review.feature} moved by ${review.sd.toFixed(2)} sd`,
        ]),
      );
    },
  );

  withOutput(
    segments.command('pin <segment>').description('give a segment a name of your own, by its permanent id'),
  )
    .requiredOption('--en <name>', 'in English')
    .requiredOption('--es <name>', 'in Spanish')
    .option('--reason <text>', 'why; kept in the ledger')
    .action(async (segment: string, options: PinOptions) => {
      const { en, es } = options;
      const changed = await pinName(homeOf(options), segment, { en, es }, byHand(options));
      if (options.json) return printJson(io, { segment_id: segment, name: { en, es }, changed });
      printLines(io, changed ? `${segment} is called «${en}» now.` : `${segment} is called «${en}» already.`);
    });

  withOutput(segments.command('unpin <segment>').description('take that name back'))
    .option('--reason <text>', 'why; kept in the ledger')
    .action(async (segment: string, options: Options) => {
      const { name } = await unpinName(homeOf(options), segment, byHand(options));
      if (options.json) return printJson(io, { segment_id: segment, name });
      printLines(io, `${segment} isn’t called «${name.en}» any more.`);
    });

  withOutput(
    segments.command('history <segment>').description('what became of a segment, version by version'),
  ).action(async (segment: string, options: Options) => {
    const history = segmentHistory(await ledgerOf(homeOf(options)), segment);
    if (history.length === 0) throw unknown(segment);
    if (options.json) return printJson(io, history);
    printTable(
      io,
      ['at', 'version', 'what'],
      history.map(({ time, version, what }) => [time, version, what]),
    );
  });
};

interface ListedSegment {
  readonly segment_id: string;
  readonly cluster_id: number;
  readonly share: number;
  readonly name: { readonly en: string; readonly es: string };
  readonly colour: string;
  readonly pinned: boolean;
  readonly review: Shift | null;
}

async function listSegments(home: Home): Promise<readonly ListedSegment[]> {
  const entries: readonly LedgerEntry[] = await ledgerOf(home);
  const version = productionAt(entries);
  if (version === null) return [];
  const { model, profile } = await loadVersion(home, version);
  const pins = pinsIn(entries);
  return model.segments.map((segment) => {
    const { segment_id, cluster_id, share } = segment;
    const pin = pins.get(segment_id);
    return {
      segment_id,
      cluster_id,
      share,
      name: nameOf(segment, pins),
      colour: SEGMENT_COLOURS[colourOf(segment)]!,
      pinned: pin !== undefined,
      review: (pin && reviewOf(pin, profile as Profile, cluster_id)) ?? null,
    };
  });
}

function withOutput(command: Command): Command {
  return withJson(withCommon(command));
}

function byHand({ reason }: Options): Act {
  const act = { run: null, actor: currentActor(), now: () => new Date() };
  return reason === undefined ? act : { ...act, reason };
}

function unknown(segment: string): SegueError {
  return new SegueError('SEGUE_SEGMENT_NOT_FOUND', {
    what: 'The ledger tells of no segment with that permanent id',
    value: segment,
    mend: '«segue segments list» lists those in production.',
  });
}
