import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FastifyRequest } from 'fastify';
import { isNodeError, writeWhole } from '../core/files.js';
import type { Home } from '../core/home.js';
import { withLock } from '../core/lock.js';

/** How long a page stays signed in, in milliseconds. */
export const SESSION_MS = 12 * 3_600_000;

const SECRET_BYTES = 32;

const COOKIE = 'segue_session';
const FORM = /^([0-9a-f]{12})\.(\d{13})\.([A-Za-z0-9_-]{43})$/;

/**
 * Signed-in pages: a cookie that names a key and is signed by a secret of the home folder, so that every process on it knows it. The key
 * itself isn't in it; a key that is revoked or expires ends its sessions.
 */
export interface Sessions {
  /** A `Set-Cookie` value that signs a page in by a key. */
  begin(keyId: string): string;
  /** A `Set-Cookie` value that signs it out. */
  end(): string;
  /** The key that a request is signed in by; undefined where its cookie is missing, forged or too old. */
  keyIdOf(request: FastifyRequest): string | undefined;
}

/**
 * @param tls whether the cookie is for TLS connections only
 * @param now milliseconds since 1970
 */
export function sessions(secret: Buffer, tls: boolean, now: () => number): Sessions {
  const sign = (text: string): string => createHmac('sha256', secret).update(text).digest('base64url');
  const attributes = `Path=/; HttpOnly; SameSite=Strict${tls ? '; Secure' : ''}`;
  return {
    begin(keyId) {
      const named = `${keyId}.${now() + SESSION_MS}`;
      return `${COOKIE}=${named}.${sign(named)}; Max-Age=${SESSION_MS / 1000}; ${attributes}`;
    },
    end: () => `${COOKIE}=; Max-Age=0; ${attributes}`,
    keyIdOf({ headers }) {
      const value = headers.cookie
        ?.split(/; */)
        .find((part) => part.startsWith(`${COOKIE}=`))
        ?.slice(COOKIE.length + 1);
      const [, keyId, until, signature] = FORM.exec(value ?? '') ?? [];
      if (keyId === undefined || signature === undefined) return undefined;
      const own = Buffer.from(sign(`${keyId}.${until}`));
      if (!timingSafeEqual(own, Buffer.from(signature)) || Number(until) <= now()) return undefined;
      return keyId;
    },
  };
}

/** Whether a page of this service sent the request: browsers say so themselves, and no page of another origin can say otherwise. */
export function isSameOrigin({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host } = headers;
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}

/** The secret that signs sessions: made once in a home, by whichever process is first. */
export async function sessionSecret(home: Home): Promise<Buffer> {
  const known = await readSecretFile(home);
  if (known !== undefined) return known;
  return withLock(
    `${home.sessionSecret}.lock`,
    async () => {
      const made = (await readSecretFile(home)) ?? randomBytes(SECRET_BYTES);
      await writeWhole(home.sessionSecret, made, 0o600);
      return made;
    },
    { waitMs: 10_000 },
  );
}

/** Undefined where there is none, or one that isn't whole. */
async function readSecretFile(home: Home): Promise<Buffer | undefined> {
  try {
    const bytes = await readFile(home.sessionSecret);
    return bytes.length === SECRET_BYTES ? bytes : undefined;
  } catch (error) {
    if (isNodeError(error, 'ENOENT')) return undefined;
    throw error;
  }
}
