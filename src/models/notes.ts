import type { Home } from '../core/home.js';
import { type Act, change, hasHappened } from './change.js';
import { checkVersionName } from './files.js';
import { isPruned, productionAt, rollbackTarget } from './history.js';
import type { LedgerDraft } from './ledger.js';

/** Notes that the gate refused a version; once per run. Production stays. */
export async function recordRefusal(
  home: Home,
  version: string,
  rules: readonly string[],
  act: Act,
): Promise<'recorded' | 'existing'> {
  return recordOnce(home, { event: 'refused', version, rules }, act);
}

/** Notes that another number of segments would be chosen than production's, which was held; once per run. */
export async function recordProposal(
  home: Home,
  version: string,
  k: number,
  act: Act,
): Promise<'recorded' | 'existing'> {
  return recordOnce(home, { event: 'k_proposed', version, k }, act);
}

async function recordOnce(
  home: Home,
  entry: Pick<LedgerDraft, 'event' | 'version' | 'rules' | 'k'>,
  act: Act,
): Promise<'recorded' | 'existing'> {
  checkVersionName(entry.version);
  const added = await change(home, act, async (entries, author) =>
    hasHappened(entries, entry.event, entry.version, act.run) ? [] : [{ ...entry, ...author }],
  );
  return added.length > 0 ? 'recorded' : 'existing';
}

/** Notes that versions' files are no more; the caller removes them after that, so that nobody promotes what is about to go. */
export async function recordPruned(home: Home, versions: readonly string[], act: Act): Promise<void> {
  await change(home, act, async (entries, author) => {
    const kept = new Set([productionAt(entries), rollbackTarget(entries)]);
    const going = versions.filter((version) => !kept.has(version) && !isPruned(entries, version));
    return going.map((version) => ({ event: 'pruned', version, ...author }));
  });
}
