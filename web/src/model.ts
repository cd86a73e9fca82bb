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
  const { model } = await askVersion(version);
  return { version, clusters, model };
}

interface Version {
  readonly model: Model;
  /** The run that made it. */
  readonly run: string | null;
}

/** Versions that were asked for: their files never change. */
const asked = new Map<string, Promise<Version>>();

export async function askVersion(version: string): Promise<Version> {
  const before = asked.get(version);
  if (before !== undefined) return before;
  const answer = dataOf(client.GET('/v1/models/{version}', { params: { path: { version } } })).then(
    ({ model, history }) => ({
      model: model as unknown as Model,
      run: history.find(({ run }) => run !== null)?.run ?? null,
    }),
  );
  asked.set(version, answer);
  answer.catch(() => asked.delete(version));
  return answer;
}

/** Tracks of both sides of the split: what people mean by a segment's size. */
export function tracksOf({ rows }: Cluster): number {
  return rows.train + rows.test;
}
