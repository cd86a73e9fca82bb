import { type Cluster, client, dataOf, type Model } from './api.ts';

/** What most views begin with: the segments in production and their model. */
export interface InProduction {
  readonly version: string;
  readonly clusters: readonly Cluster[];
  readonly model: Model;
}

export async function askProduction(): Promise<InProduction> {
  const { model_version: version, clusters } = await dataOf(
    client.GET('/v1/clusters', { params: { query: { limit: 500 } } }),
  );
  const { model } = await dataOf(client.GET('/v1/models/{version}', { params: { path: { version } } }));
  return { version, clusters, model: model as unknown as Model };
}

/** Tracks of both sides of the split: what people mean by a segment's size. */
export function tracksOf({ rows }: Cluster): number {
  return rows.train + rows.test;
}
