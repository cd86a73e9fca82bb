import type { Catalogue } from '../playlists/catalogue.js';
import type { Composition } from '../playlists/composition.js';
import type { TrackMap } from '../playlists/map.js';

/** What follows from the tracks of a version as a whole: worked out once, when it is first asked for. */
export interface TrackData {
  /** @throws CatalogueRefusal */
  composition(version: string): Promise<Composition>;
  /** @throws CatalogueRefusal */
  map(version: string): Promise<TrackMap>;
}

export function trackData(catalogue: Pick<Catalogue, 'ask'>): TrackData {
  return {
    composition: remembered((version) => catalogue.ask(version, 'composition', null)),
    map: remembered((version) => catalogue.ask(version, 'map', null)),
  };
}

/** Remembers the answer for the version that was asked for last; a refusal is not remembered. */
function remembered<T>(ask: (version: string) => Promise<T>): (version: string) => Promise<T> {
  let known: { readonly version: string; readonly answer: Promise<T> } | undefined;
  return (version) => {
    if (known?.version === version) return known.answer;
    const asked = { version, answer: ask(version) };
    known = asked;
    asked.answer.catch(() => {
      if (known === asked) known = undefined;
    });
    return asked.answer;
  };
}
