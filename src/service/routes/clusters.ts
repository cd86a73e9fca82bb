import { Type } from '../../core/typebox.js';
import { CLUSTERS, describeCluster, EXAMPLE_CLUSTER, ONE_CLUSTER } from '../cluster-schema.js';
import { needModel } from '../live-model.js';
import { askedPage, LINK, nextLink, PAGE_QUERY, pageNotFound } from '../page.js';
import { Problem } from '../problem.js';
import { EXAMPLE_VERSION, type Route, route } from '../route.js';

/** Where a page ended. It names the version, so that pages never mix two. */
const POSITION = Type.Object(
  { model_version: Type.String(), cluster_id: Type.Integer({ minimum: 0 }) },
  { additionalProperties: false },
);

/** `GET /v1/clusters` and one of them: the segments of the model in production. */
export function clusterRoutes(): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/v1/clusters',
      id: 'listClusters',
      tag: 'segments',
      summary: 'The segments of the model in production',
      description:
        'A cursor is of one model version: after a promotion, begin again without one (page_not_found says so).',
      scope: 'read',
      query: PAGE_QUERY,
      answer: {
        description: 'By cluster_id',
        schema: CLUSTERS,
        headers: [LINK],
        example: { model_version: EXAMPLE_VERSION, clusters: [EXAMPLE_CLUSTER], next: null },
      },
      problems: ['page_not_found', 'no_model'],
      handle({ live: maybe, query }) {
        const live = needModel(maybe);
        const ask = askedPage(query, POSITION);
        if (ask.after !== undefined && ask.after.model_version !== live.version)
          throw pageNotFound(`${live.version} is in production now; the cursor is of another version.`);
        const start = ask.after === undefined ? 0 : ask.after.cluster_id + 1;
        const page = live.model.segments.slice(start, start + ask.limit);
        const more = start + page.length < live.model.segments.length;
        const last = { model_version: live.version, cluster_id: start + page.length - 1 };
        return {
          model_version: live.version,
          clusters: page.map((segment) => describeCluster(live, segment)),
          next: nextLink('/v1/clusters', ask, more ? last : undefined),
        };
      },
    }),
    route({
      method: 'GET',
      path: '/v1/clusters/{cluster_id}',
      id: 'getCluster',
      tag: 'segments',
      summary: 'One segment',
      scope: 'read',
      params: [
        {
          name: 'cluster_id',
          description: 'The number that it has in this model version, or its permanent segment_id',
          schema: Type.String({ pattern: '^(?:0|[1-9]\\d*|seg_[a-z2-7]{10})$' }),
          example: '0',
          absent: 'cluster_not_found',
        },
      ],
      answer: {
        description: 'Its name, size and profile',
        schema: ONE_CLUSTER,
        example: { model_version: EXAMPLE_VERSION, cluster: EXAMPLE_CLUSTER },
      },
      problems: ['no_model'],
      handle(ask) {
        const live = needModel(ask.live);
        const asked = ask.params['cluster_id'];
        const segment = live.model.segments.find(
          ({ cluster_id, segment_id }) => segment_id === asked || String(cluster_id) === asked,
        );
        if (segment === undefined) throw new Problem('cluster_not_found');
        return { model_version: live.version, cluster: describeCluster(live, segment) };
      },
    }),
  ];
}
