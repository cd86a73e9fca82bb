import { join, resolve } from 'node:path';

/** Where everything that Segue keeps lies. A value, not a service: it only names paths. */
export interface Home {
  readonly root: string;
  /** Address of the bucket that holds ledger and versions for several homes (`s3://…`); undefined where this home holds its own. */
  readonly registry: string | undefined;
  /** With a registry: the last state of the bucket's ledger that was seen here. */
  readonly ledger: string;
  readonly keys: string;
  /** Signs the dashboard's sessions. */
  readonly sessionSecret: string;
  /** Limits of the gate that differ from its defaults; there need not be one. */
  readonly gatePolicy: string;
  /** What matters for security, the newest last. */
  readonly audit: string;
  /** What was put aside of it: 1 is the newest. */
  auditAside(number: number): string;
  /** When keys were last used: a file for each process that serves. */
  readonly keysUsed: string;
  readonly lock: string;
  /** Scratch files of the run that holds the lock; the next one removes what a killed one left. */
  readonly scratch: string;
  /** Scratch files of work that needs no lock, a folder for each; safe to remove when no process runs. */
  readonly sharedScratch: string;
  readonly models: string;
  readonly runs: string;
  /** What T1 leaves behind, a folder for each run. */
  readonly datasets: string;
  /** Notices to people, a file for each event. */
  readonly notices: string;
  /** Level of what is logged, where it was changed at run time. */
  readonly logLevel: string;
  /** When the next retrain is due, by whoever has a schedule. */
  readonly schedule: string;
  /** What was asked, a folder for each day. */
  readonly drift: string;
  /** Track indexes of the service, one file for each model version; safe to remove, the service makes them again. */
  readonly indexes: string;
  /** The track index of a model version. */
  index(version: string): string;
  dataset(run: string): DatasetFiles;
  model(version: string): ModelFiles;
  run(run: string): RunFiles;
}

/** What T1 leaves behind for one run. Rows of the X and y files correspond; both are sorted by track id. */
export interface DatasetFiles {
  readonly folder: string;
  readonly xTrain: string;
  readonly xTest: string;
  readonly yTrain: string;
  readonly yTest: string;
  readonly rejects: string;
  readonly report: string;
  /** Hash of all that it was made from. */
  readonly inputs: string;
  /** What of it lies on a cluster, if one made it. */
  readonly cluster: string;
}

export interface ModelFiles {
  readonly folder: string;
  readonly model: string;
  readonly metrics: string;
  readonly profile: string;
  readonly checksums: string;
}

export interface RunFiles {
  readonly folder: string;
  readonly record: string;
  readonly decision: string;
  /** The same for people. */
  readonly decisionPage: string;
  readonly alert: string;
  /** What its tasks did, a JSON object a line. */
  readonly log: string;
}

/** Names the paths under one home folder, and the registry that it shares with others, if it does. */
export function homeAt(folder: string, registry?: string): Home {
  const root = resolve(folder);
  return {
    root,
    registry,
    ledger: join(root, 'ledger.jsonl'),
    keys: join(root, 'keys.json'),
    sessionSecret: join(root, 'session-secret'),
    gatePolicy: join(root, 'gate-policy.json'),
    audit: join(root, 'audit.jsonl'),
    auditAside: (number) => join(root, `audit.${number}.jsonl`),
    keysUsed: join(root, 'keys-used'),
    lock: join(root, 'lock.json'),
    scratch: join(root, 'scratch', 'run'),
    sharedScratch: join(root, 'scratch', 'shared'),
    models: join(root, 'models'),
    runs: join(root, 'runs'),
    datasets: join(root, 'datasets'),
    notices: join(root, 'notices'),
    logLevel: join(root, 'log-level.json'),
    schedule: join(root, 'schedule.json'),
    drift: join(root, 'drift'),
    indexes: join(root, 'indexes'),
    index: (version) => join(root, 'indexes', `${version}.tracks`),
    dataset: (run) => datasetFiles(join(root, 'datasets', run)),
    model: (version) => {
      const at = join(root, 'models', version);
      return {
        folder: at,
        model: join(at, 'model.json'),
        metrics: join(at, 'metrics.json'),
        profile: join(at, 'profile.json'),
        checksums: join(at, 'checksums.json'),
      };
    },
    run: (run) => {
      const at = join(root, 'runs', run);
      return {
        folder: at,
        record: join(at, 'run.json'),
        decision: join(at, 'decision.json'),
        decisionPage: join(at, 'decision.html'),
        alert: join(at, 'alert.json'),
        log: join(at, 'log.jsonl'),
      };
    },
  };
}

/** Names T1's files in a folder, which may be a draft that is still being written. */
export function datasetFiles(folder: string): DatasetFiles {
  return {
    folder,
    xTrain: join(folder, 'X_train.parquet'),
    xTest: join(folder, 'X_test.parquet'),
    yTrain: join(folder, 'y_train.parquet'),
    yTest: join(folder, 'y_test.parquet'),
    rejects: join(folder, 'rejects.parquet'),
    report: join(folder, 'report.json'),
    inputs: join(folder, 'inputs.json'),
    cluster: join(folder, 'cluster.json'),
  };
}
