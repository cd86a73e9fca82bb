import { useEffect, useState } from 'preact/hooks';

/** What the address bar says: the view, and its state. Everything that a link should bring back is in it. */
export interface Place {
  readonly path: string;
  readonly params: URLSearchParams;
}

const MOVED = 'segue:moved';

export function place(): Place {
  return { path: location.pathname, params: new URLSearchParams(location.search) };
}

/** The present place, kept up to date. */
export function usePlace(): Place {
  const [now, setNow] = useState(place);
  useEffect(() => {
    const moved = (): void => setNow(place());
    addEventListener('popstate', moved);
    addEventListener(MOVED, moved);
    return () => {
      removeEventListener('popstate', moved);
      removeEventListener(MOVED, moved);
    };
  }, []);
  return now;
}

/** The address of a place: parameters are added to the present ones of the same view; undefined ones are taken away. */
export function addressOf(path: string, changes: Readonly<Record<string, string | undefined>> = {}): string {
  const { path: here, params } = place();
  const next = new URLSearchParams(path === here ? params : keptParams(params));
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) next.delete(name);
    else next.set(name, value);
  }
  const query = next.toString();
  return query === '' ? path : `${path}?${query}`;
}

/** The language goes along from view to view. */
function keptParams(params: URLSearchParams): URLSearchParams {
  const lang = params.get('lang');
  return new URLSearchParams(lang === null ? {} : { lang });
}

/** Goes there without loading the page anew. */
export function go(address: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') history.pushState(null, '', address);
  else history.replaceState(null, '', address);
  dispatchEvent(new Event(MOVED));
}

/** A click on a link of ours that the browser need not follow. */
export function follow(event: MouseEvent): void {
  const link = (event.target as Element | null)?.closest('a');
  if (link === null || link === undefined || event.defaultPrevented) return;
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (link.origin !== location.origin || link.target !== '' || link.dataset['inside'] === undefined) return;
  event.preventDefault();
  go(link.pathname + link.search);
  document.querySelector<HTMLElement>('main')?.focus();
}
