import { Gauge, type Registry } from 'prom-client';
import type { Home } from '../core/home.js';
import { homeArchive } from '../service/archive.js';
import type { keptReads } from './kept.js';

type Role = 'production' | 'previous' | 'newest';

/**
 * Exposes the Euclidean Silhouette on the training rows: of the version in production, of the one that was there before, and of the newest
 * that was judged, refused ones too.
 */
export function qualityFigures(register: Registry, home: Home, kept: ReturnType<typeof keptReads>): void {
  const archive = homeArchive(home);
  const read = kept('quality', async (): Promise<ReadonlyMap<Role, number>> => {
    const { versions, production } = await archive.history();
    const silhouetteOf = (version: string | undefined): number =>
      versions.find((one) => one.version === version)?.content?.silhouette.value ?? Number.NaN;
    const [current, previous] = production.toReversed();
    const roles: [Role, number][] = [
      ['production', silhouetteOf(current?.version)],
      ['previous', silhouetteOf(previous?.version)],
      ['newest', silhouetteOf(versions.at(-1)?.version)],
    ];
    return new Map(roles.filter(([, value]) => Number.isFinite(value)));
  });
  register.registerMetric(
    new Gauge({
      name: 'segue_model_silhouette',
      help: 'Euclidean Silhouette of the version in production, of the one before it, and of the newest that was judged',
      labelNames: ['role'],
      aggregator: 'first',
      registers: [],
      async collect() {
        this.reset();
        for (const [role, value] of (await read()) ?? []) this.set({ role }, value);
      },
    }),
  );
}
