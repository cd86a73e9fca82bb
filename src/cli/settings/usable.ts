import { parseBucketAddress } from '../../bucket/address.js';
import { SegueError, toSegueError } from '../../core/errors.js';
import { homeAt } from '../../core/home.js';
import { readPolicyFile } from '../../gate/policy-file.js';
import { openTracing } from '../../monitoring/tracing.js';
import { channelsOf } from '../../notices/settings.js';
import { readSecret } from '../../secrets/read-secret.js';
import { GIVEN_KEYS, parseGivenKeys } from '../../service/given-keys.js';
import { addressOf } from '../cluster/asked.js';
import { checkSchedule } from '../schedule.js';
import type { Origin } from './origins.js';
import { flagOf } from './setting.js';
import { faultOf } from './value.js';

/**
 * What keeps settings from being used: values that are none, and all that `run`, `serve` and `up` would find wrong before they begin.
 * Reads secrets, from Vault too; sends nothing and changes nothing.
 *
 * @param env with what the configuration file says
 */
export async function unusable(origins: readonly Origin[], env: NodeJS.ProcessEnv): Promise<SegueError[]> {
  const wrong = origins.flatMap((found) => valueFault(found) ?? []);
  if (wrong.length > 0) return wrong;
  const settings = new Map(origins.map(({ name, text }) => [name, text]));
  const of = (name: string): string => settings.get(name) ?? '';
  const checks: readonly (() => unknown)[] = [
    () => settings.get('registry') && parseBucketAddress(of('registry')),
    () => readPolicyFile(homeAt(of('home')).gatePolicy),
    () => checkSchedule({ cron: of('cron'), timezone: of('timezone') }),
    async () => parseGivenKeys((await readSecret(GIVEN_KEYS, env)) ?? '', new Date()),
    async () => channelsOf(env),
    async () => checkSpark(origins, env),
    async () => (await openTracing(env, () => {}))?.close(),
  ];
  const faults: SegueError[] = [];
  for (const check of checks) {
    try {
      await check();
    } catch (error) {
      faults.push(toSegueError(error));
    }
  }
  return faults;
}

/** The address of the cluster, if there is one; without one, nothing may ask for a cluster. */
async function checkSpark(origins: readonly Origin[], env: NodeJS.ProcessEnv): Promise<void> {
  const settingOf = (name: string): Origin | undefined => origins.find((origin) => origin.name === name);
  const spark = settingOf('spark');
  const asked = settingOf('engine')?.text === 'spark';
  if (asked || spark?.origin !== 'default')
    await addressOf(spark?.origin === 'flag' ? { spark: spark.text! } : {}, env);
}

/** A flag or a variable that isn't what its setting takes; the file was judged when it was read. */
function valueFault({ name, setting, origin, variable, text }: Origin): SegueError | undefined {
  if (text === undefined || (origin !== 'flag' && origin !== 'environment')) return undefined;
  const fault = setting.secret === undefined ? faultOf(setting.kind, text) : undefined;
  if (fault === undefined) return undefined;
  const from = origin === 'flag' ? flagOf(name) : variable;
  return new SegueError('SEGUE_USAGE', { ...fault, what: `${from} ${fault.what}` });
}
