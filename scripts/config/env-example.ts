import { type Group, type Setting, variablesOf } from '#segue/cli/settings/setting.js';
import { plainText } from '#segue/cli/settings/value.js';

const HEAD = `\
# Settings of Segue, made by «npm run config:docs» of src/cli/settings. Copy it to .env, keep what you need, and start:
#   node --env-file=.env bin/segue.js serve
# Flags beat these variables, and these beat segue.config.json: docs/configuration.md. An empty one is not set.
# Of a secret NAME set one of NAME, NAME_FILE, NAME_VAULT: docs/security.md. A bucket's address and credentials are in the variables of
# the AWS SDK: AWS_ENDPOINT_URL_S3, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_PROFILE, …
`;

/** The text of .env.example: every variable, with what it is unless set where that is the same everywhere. */
export function envExample(groups: readonly Group[]): string {
  const parts = groups.map(({ title, commands, note, settings }) => {
    const users = plainText([commands].flat().join(', '));
    const lines = Object.entries(settings).map(([name, setting]) => linesOf(name, setting));
    return [`# === ${title} (${users})`, ...(note === undefined ? [] : [`# ${note}`]), ...lines].join('\n');
  });
  return [HEAD, ...parts.map((part) => `${part}\n`)].join('\n');
}

function linesOf(name: string, setting: Setting): string {
  const { what, kind, secret, fallback = '', unless } = setting;
  const value = unless === undefined && !/\s/.test(fallback) ? fallback : '';
  const otherwise = value === '' ? `; unless set: ${unless ?? fallback}` : '';
  const comment = `${secret === undefined ? '' : 'secret: '}${what} (${kind.takes})${otherwise}`;
  return [
    `# ${plainText(comment)}`,
    ...variablesOf(name, setting).map((variable) => `${variable}=${value}`),
  ].join('\n');
}
