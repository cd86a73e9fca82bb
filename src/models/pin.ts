import { SegueError } from '../core/errors.js';
import type { Home } from '../core/home.js';
import type { Profile } from '../training/profile.js';
import { type Act, change } from './change.js';
import { loadVersion } from './files.js';
import { productionAt } from './history.js';
import { ledgerOf } from './ledger-of.js';
import { meansOf, type Name, type Pin, pinsIn } from './pins.js';

/** The names that are pinned in a home, by permanent id. */
export async function pinnedNames(home: Home): Promise<ReadonlyMap<string, Pin>> {
  return pinsIn(await ledgerOf(home));
}

/** Most characters of a pinned name. */
export const MAX_NAME = 60;

/**
 * Gives a segment of the model in production a name of people's own, which follows its permanent id from version to version.
 *
 * @returns false where it has that name already
 * @throws SegueError SEGUE_SEGMENT_NOT_FOUND, SEGUE_NO_PRODUCTION; SEGUE_USAGE for an empty name, or one too long
 */
export async function pinName(home: Home, segmentId: string, given: Name, act: Act): Promise<boolean> {
  const name = { en: checkName(given.en), es: checkName(given.es) };
  const added = await change(home, act, async (entries, author) => {
    const version = productionAt(entries);
    if (version === null)
      throw new SegueError('SEGUE_NO_PRODUCTION', {
        what: 'No model is in production whose segments could have names',
        mend: 'Train one: segue run --source <file>.',
      });
    const { model, profile } = await loadVersion(home, version);
    const segment = model.segments.find(({ segment_id }) => segment_id === segmentId);
    if (segment === undefined) throw notFound(segmentId, `${version} has no segment with this permanent id`);
    const before = pinsIn(entries).get(segmentId)?.name;
    if (before?.en === name.en && before.es === name.es) return [];
    const means = meansOf(profile as Profile, segment.cluster_id);
    return [{ event: 'name_pinned', version, pin: { segment_id: segmentId, name, means }, ...author }];
  });
  return added.length > 0;
}

/**
 * Takes a pinned name back: the segment is called as training proposes.
 *
 * @returns the name that it had
 * @throws SegueError SEGUE_SEGMENT_NOT_FOUND where it has no pinned name
 */
export async function unpinName(home: Home, segmentId: string, act: Act): Promise<Pin> {
  let before: Pin | undefined;
  await change(home, act, async (entries, author) => {
    before = pinsIn(entries).get(segmentId);
    const pinnedIn = entries.findLast(({ pin }) => pin?.segment_id === segmentId)?.version;
    if (before === undefined || pinnedIn === undefined)
      throw notFound(segmentId, 'No name is pinned to this segment');
    const version = productionAt(entries) ?? pinnedIn;
    return [{ event: 'name_unpinned', version, pin: { segment_id: segmentId }, ...author }];
  });
  return before!;
}

function checkName(given: string): string {
  const name = Buffer.from(given.trim()).toString(); // lone surrogates don't outlast UTF-8
  if (name !== '' && Array.from(name).length <= MAX_NAME && !/\p{Cc}/u.test(name)) return name;
  throw new SegueError('SEGUE_USAGE', {
    what: 'A segment’s name is empty, too long, or has control characters in it',
    value: name.slice(0, 80),
    limit: `1 to ${MAX_NAME} characters`,
    mend: 'Give a shorter one, in English and in Spanish.',
  });
}

function notFound(segmentId: string, what: string): SegueError {
  return new SegueError('SEGUE_SEGMENT_NOT_FOUND', {
    what,
    value: segmentId,
    mend: '«segue segments list» lists them.',
  });
}
