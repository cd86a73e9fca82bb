import { text } from './kind.js';
import type { Group } from './setting.js';

/** Keys from outside the key file. */
export const KEYS = {
  title: 'Keys from outside the key file',
  commands: '`serve`, `up`, `demo`',
  settings: {
    apiKeys: {
      kind: text('`segue_<id>_<secret>:<scopes>`, several with blanks between'),
      what: 'keys that «segue keys create --unstored» made',
      secret: ['', '_FILE', '_VAULT'],
      unless: "the home's keys only",
    },
  },
} as const satisfies Group;

/** HashiCorp Vault, by the names that its own tools use. */
export const VAULT = {
  title: 'HashiCorp Vault',
  commands: 'those that need a secret which is in Vault',
  note: 'Who Segue is there: a token, or a role and its secret.',
  settings: {
    vaultAddr: {
      kind: text('an http or https URL'),
      what: 'address of Vault',
      variable: 'VAULT_ADDR',
      unless: 'none',
    },
    vaultNamespace: {
      kind: text('a name'),
      what: 'namespace in Vault',
      variable: 'VAULT_NAMESPACE',
      unless: 'none',
    },
    vaultToken: {
      kind: text('a token'),
      what: 'token for Vault',
      variable: 'VAULT_TOKEN',
      secret: ['', '_FILE'],
      unless: 'a role is asked for one',
    },
    vaultRoleId: {
      kind: text('an id'),
      what: "AppRole's role",
      variable: 'VAULT_ROLE_ID',
      unless: 'none',
    },
    vaultSecretId: {
      kind: text("a role's secret"),
      what: "AppRole's secret of the role",
      variable: 'VAULT_SECRET_ID',
      secret: ['', '_FILE'],
      unless: 'none',
    },
  },
} as const satisfies Group;
