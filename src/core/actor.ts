import { userInfo } from 'node:os';

/** Who works on this machine, for the ledger and the audit log: `SEGUE_ACTOR`, else the user's name. */
export function currentActor(): string {
  return process.env['SEGUE_ACTOR'] ?? userInfo().username;
}
