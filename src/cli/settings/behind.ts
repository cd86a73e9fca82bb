import type { Configuration } from './configuration.js';

/**
 * Puts what the configuration file says behind the environment: a variable that is set stays, others get what the file says. Whatever
 * reads the environment then reads the file too, in this process and in those that it begins.
 *
 * @param env is changed
 * @returns what undoes it
 */
export function putBehind(env: NodeJS.ProcessEnv, { file, given }: Configuration): () => void {
  const set = [...given.values()].filter(({ variable }) => (env[variable] ?? '') === '');
  if (file !== undefined) set.push({ variable: 'SEGUE_CONFIG', text: file });
  const before = set.map(({ variable }) => [variable, env[variable]] as const);
  for (const { variable, text } of set) env[variable] = text;
  return () => {
    for (const [variable, value] of before) {
      if (value === undefined) delete env[variable];
      else env[variable] = value;
    }
  };
}
