import type { Schema } from './kind.js';
import { referencesOf } from './reference.js';
import type { Setting } from './setting.js';
import { GROUPS } from './table.js';

/** JSON Schema of the configuration file: for editors, and for whoever writes one. */
export function configurationSchema(): object {
  const settings = GROUPS.flatMap((group) => Object.entries(group.settings));
  const inFile = settings.filter(([, { outside }]) => outside === undefined);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: "Segue's configuration",
    type: 'object',
    properties: {
      $schema: { type: 'string' },
      ...Object.fromEntries(inFile.map(([name, setting]) => [name, propertyOf(setting)])),
    },
    additionalProperties: false,
  };
}

function propertyOf(setting: Setting): object {
  const { kind, what, fallback, unless } = setting;
  const holds = unless ?? fallback;
  const description = holds === undefined ? what : `${what} (unless set: ${holds})`;
  return { description, ...(setting.secret === undefined ? kind.schema : referenceSchema(setting)) };
}

/** One way to say where a secret is. */
function referenceSchema(setting: Setting): object {
  const reference: Schema = { type: 'string', minLength: 1 };
  return {
    type: 'object',
    properties: Object.fromEntries(referencesOf(setting).map((way) => [way, reference])),
    additionalProperties: false,
    minProperties: 1,
    maxProperties: 1,
  };
}
