import { flagOf, type Group, type Setting, variableOf } from '#segue/cli/settings/setting.js';

/** Ends what people write on the page. */
const LINE = '<!-- Below this line: made by «npm run config:docs» of src/cli/settings. -->\n';

/** The text of docs/configuration.md: its words as they are, and every setting. */
export function configurationPage(page: string, groups: readonly Group[]): string {
  const [words = ''] = page.split(LINE);
  return [words + LINE, ...groups.map(sectionOf)].join('\n');
}

function sectionOf({ title, commands, note, settings }: Group): string {
  const users = typeof commands === 'string' ? commands : commands.map((name) => `\`${name}\``).join(', ');
  const rows = Object.entries(settings).map(([name, setting]) => rowOf(name, setting));
  return [
    `### ${title}`,
    '',
    `Used by: ${users}.${note === undefined ? '' : ` ${note}`}`,
    '',
    '| setting | flag, variable | what | takes | unless set |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function rowOf(name: string, setting: Setting): string {
  const { what, kind, fallback, unless, argument } = setting;
  const flag = argument === undefined ? [] : [flagOf(name)];
  const ways = [...flag, variableOf(name, setting)].map((way) => `\`${way}\``).join(', ');
  const places = setting.secret?.slice(1).map((place) => `\`…${place}\``) ?? [];
  const takes = setting.secret === undefined ? kind.takes : `a secret: ${kind.takes}`;
  const cells = [`\`${name}\``, [ways, ...places].join(', '), what, takes, unless ?? `\`${fallback}\``];
  return `| ${cells.join(' | ')} |`;
}
