import type { AppDeps } from '../deps.js';
import type { Route } from '../route.js';
import type { NextTurn } from '../turns.js';
import { clusterRoutes } from './clusters.js';
import { compositionRoute } from './composition.js';
import { driftRoute } from './drift.js';
import { historyRoutes } from './history.js';
import { logLevelRoutes } from './log-level.js';
import { mapRoutes } from './map.js';
import { modelRoutes } from './models.js';
import { operationRoutes } from './operation.js';
import { playlistRoutes } from './playlists.js';
import { predictRoutes } from './predict.js';
import { profileRoutes } from './profiles.js';
import { promotionRoutes } from './promotions.js';
import { runRoutes } from './runs.js';
import { segmentNameRoutes } from './segment-name.js';
import { sessionRoutes } from './session.js';
import { searchRoute, tracksRoute } from './tracks.js';

/** Every operation of the API, in the order of its documentation. */
export function apiRoutes(deps: AppDeps & { readonly nextTurn: NextTurn }): readonly Route[] {
  return [
    ...predictRoutes(deps),
    ...playlistRoutes(deps),
    ...profileRoutes(deps),
    ...clusterRoutes(),
    ...segmentNameRoutes(deps.names),
    compositionRoute(deps),
    ...mapRoutes(deps),
    searchRoute(deps),
    tracksRoute(deps),
    ...modelRoutes(deps),
    ...promotionRoutes(deps.promotions),
    ...historyRoutes(deps),
    driftRoute(deps),
    ...runRoutes(deps),
    ...logLevelRoutes(deps),
    ...sessionRoutes(deps),
    ...operationRoutes(deps),
  ];
}
