import type { AppDeps } from '../deps.js';
import type { Route } from '../route.js';
import type { NextTurn } from '../turns.js';
import { clusterRoutes } from './clusters.js';
import { modelRoutes } from './models.js';
import { operationRoutes } from './operation.js';
import { playlistRoutes } from './playlists.js';
import { predictRoutes } from './predict.js';
import { profileRoutes } from './profiles.js';
import { runRoutes } from './runs.js';
import { segmentNameRoutes } from './segment-name.js';

/** Every operation of the API, in the order of its documentation. */
export function apiRoutes(deps: AppDeps & { readonly nextTurn: NextTurn }): readonly Route[] {
  return [
    ...predictRoutes(deps),
    ...playlistRoutes(deps),
    ...profileRoutes(deps),
    ...clusterRoutes(),
    ...segmentNameRoutes(deps.names),
    ...modelRoutes(deps),
    ...runRoutes(deps),
    ...operationRoutes(deps),
  ];
}
