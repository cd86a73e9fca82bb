import type { FunctionComponent } from 'preact';
import { lazy, Suspense } from 'preact/compat';
import type { Session } from './api.ts';
import type { Words } from './i18n/en.ts';
import { Loading } from './parts/states.tsx';
import { SegmentsView } from './views/segments.tsx';

export interface ViewProps {
  readonly session: Session;
  readonly params: URLSearchParams;
}

export interface View {
  readonly path: string;
  readonly label: keyof Words;
  readonly View: FunctionComponent<ViewProps>;
}

/** The first view comes with the page, the others when they are asked for. */
const later = (
  load: () => Promise<{ default: FunctionComponent<ViewProps> }>,
): FunctionComponent<ViewProps> => {
  const Lazy = lazy(load);
  return (props) => (
    <Suspense fallback={<Loading />}>
      <Lazy {...props} />
    </Suspense>
  );
};

export const VIEWS: readonly View[] = [
  { path: '/', label: 'nav.segments', View: SegmentsView },
  { path: '/distribution', label: 'nav.distribution', View: later(() => import('./views/distribution.tsx')) },
  { path: '/evolution', label: 'nav.evolution', View: later(() => import('./views/evolution.tsx')) },
  { path: '/map', label: 'nav.map', View: later(() => import('./views/map.tsx')) },
  { path: '/drift', label: 'nav.drift', View: later(() => import('./views/drift.tsx')) },
  { path: '/try', label: 'nav.try', View: later(() => import('./views/try.tsx')) },
  { path: '/playlists', label: 'nav.playlists', View: later(() => import('./views/playlists.tsx')) },
  { path: '/operations', label: 'nav.operations', View: later(() => import('./views/operations.tsx')) },
  { path: '/costs', label: 'nav.costs', View: later(() => import('./views/costs.tsx')) },
];

export function viewAt(path: string): View | undefined {
  return VIEWS.find((view) => view.path === path);
}
