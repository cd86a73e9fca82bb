import { readFile, writeFile } from 'node:fs/promises';
import { tellerOf } from '../../notices/tell.js';
import { watchDrift } from '../serving/watch-drift.js';
import { type Drill, type Proof, proof, stillServes, told } from './drill.js';
import { EXAMPLE_TRACK, type Stage, until } from './stage.js';

const now = (): Date => new Date();

/** Tracks that are asked; a week needs 100 to say anything. */
const ASKED = 600;

/** Keys that are tried. */
const TRIES = 300;

/** What is asked is all alike and faster than what was trained on. */
export const drift: Drill = {
  name: 'drift',
  trouble: `${ASKED} tracks of 30 BPM more than the example, all alike`,
  alert: 'SegueMeanDrift',
  async act(stage) {
    const version = await stage.production();
    const items = Array.from({ length: ASKED }, () => ({
      ...EXAMPLE_TRACK,
      tempo: EXAMPLE_TRACK['tempo']! + 30,
    }));
    const asked = await stage.ask('/v1/predict/clusters?detail=lean', { items });
    const { body } = await stage.ask('/v1/drift');
    const { verdict, tracks } = JSON.parse(body) as { readonly verdict: string; readonly tracks: number };
    const watch = watchDrift({
      home: stage.home,
      teller: tellerOf(stage.home, [], now),
      now,
      onPopulation: () => {},
      onError: () => {},
    });
    await watch.look();
    watch.stop();
    const alerts = await until(
      async () => (await stage.metric('segue_drift_verdict{subject="tempo",measure="mean"}')) === 2,
    );
    return [
      proof('All are answered.', asked.status === 200, asked.status),
      proof('GET /v1/drift says so.', verdict === 'alert' && tracks >= ASKED, `${verdict}, ${tracks} tracks`),
      proof('The metric says so.', alerts, 'segue_drift_verdict of the mean of tempo'),
      await told(stage, 'drift', 'tempo'),
      await stillServes(stage, version),
    ];
  },
};

/** The files of a version are damaged between its promotion and its loading. */
export const corruptArtefact: Drill = {
  name: 'corrupt-artefact',
  trouble: 'a model file that is damaged before the service takes it up',
  alert: 'SegueModelRefused',
  async act(stage) {
    const good = await stage.production();
    stage.server.kill('SIGSTOP'); // so that it finds the damage, not the model
    let proofs: Proof[];
    let bad: string | null;
    try {
      const argv = ['run', '--source', stage.catalogue, '--k', '5', '--starts', '2'];
      const run = await stage.segue(argv);
      bad = await stage.production();
      const { model } = stage.home.model(bad ?? '');
      const text = await readFile(model, 'utf8');
      await writeFile(model, text.replace('"centroids"', '"centroid"'));
      proofs = [proof('Another version is promoted.', run.exitCode === 0 && bad !== good, bad)];
    } finally {
      stage.server.kill('SIGCONT');
    }
    const refused = await until(async () => (await stage.metric('segue_model_refused')) === 1);
    const noticed = await until(async () => (await stage.notices('not_served')).length > 0);
    proofs.push(
      proof('The alert’s expression holds.', refused, 'segue_model_refused'),
      proof('People are told.', noticed, 'not_served'),
      await stillServes(stage, good),
    );
    const back = await stage.segue(['models', 'rollback']);
    const well = await until(async () => (await stage.metric('segue_model_refused')) === 0);
    const again = await stage.segue(['models', 'promote', bad ?? '']);
    return [
      ...proofs,
      proof('A rollback mends it.', back.exitCode === 0 && well, back.exitCode),
      proof(
        'What is damaged is not promoted again.',
        again.output.includes('SEGUE_MODEL_CORRUPT'),
        again.exitCode,
      ),
    ];
  },
};

/** Somebody tries keys. */
export const badKeys: Drill = {
  name: 'bad-keys',
  trouble: `${TRIES} requests with keys that don’t exist`,
  alert: 'SegueKeysRefused',
  async act(stage) {
    const version = await stage.production();
    const statuses = await tryKeys(stage);
    const count = (status: number): number => statuses.filter((one) => one === status).length;
    const refused = await until(async () =>
      (await readFile(stage.home.audit, 'utf8').catch(() => '')).includes('access_refused'),
    );
    const audit = await readFile(stage.home.audit, 'utf8');
    return [
      proof(
        'None is let in.',
        count(401) + count(429) === TRIES,
        `${count(401)} times 401, ${count(429)} times 429`,
      ),
      proof('After some, the address is only told to wait.', count(429) > count(401), count(429)),
      proof('The metric of the alert counts them.', (await counted(stage)) >= TRIES, await counted(stage)),
      proof(
        'The audit log has them, without a key.',
        refused && !audit.includes('wrongwrong'),
        'audit.jsonl',
      ),
      await stillServes(stage, version),
    ];
  },
};

async function tryKeys(stage: Stage): Promise<readonly number[]> {
  const statuses: number[] = [];
  for (let i = 0; i < TRIES; i += 1) {
    const key = `segue_${String(i).padStart(8, '0')}_${'wrong'.repeat(9)}`;
    statuses.push((await stage.ask('/v1/predict/cluster', EXAMPLE_TRACK, key)).status);
  }
  return statuses;
}

async function counted(stage: Stage): Promise<number> {
  const route = 'method="POST",route="/v1/predict/cluster"';
  const [unauthorized, tooMany] = [
    await stage.metric(`segue_http_requests_total{${route},status="401"}`),
    await stage.metric(`segue_http_requests_total{${route},status="429"}`),
  ];
  return unauthorized + tooMany;
}
