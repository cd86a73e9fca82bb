import { isIP } from 'node:net';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { rateLimit } from '../../service/rate.js';
import type { SecuritySettings } from '../../service/security.js';
import { list, number, yesOrNo } from '../parse.js';
import { type LimitFlags, limitsOf, withLimitOptions } from './limit-options.js';

/** How the server guards itself, as given on the command line. */
export interface SecurityFlags extends LimitFlags {
  readonly rateLimit?: number;
  readonly rateBurst?: number;
  readonly corsOrigin?: readonly string[];
  readonly trustProxy?: readonly string[];
  readonly tls?: boolean;
}

/** Adds them to a command that serves. */
export function withSecurityOptions(command: Command): Command {
  return withLimitOptions(command)
    .addOption(
      new Option('--rate-limit <number>', 'requests a second of each key that has no limit of its own')
        .env('SEGUE_RATE_LIMIT')
        .argParser(number({ exclusiveMinimum: 0 })),
    )
    .addOption(
      new Option('--rate-burst <number>', "requests at once; one second's worth unless given")
        .env('SEGUE_RATE_BURST')
        .argParser(number({ minimum: 1 })),
    )
    .addOption(
      new Option(
        '--cors-origin <list>',
        'origins whose pages may call from browsers, or *; none unless given',
      )
        .env('SEGUE_CORS_ORIGIN')
        .argParser(origins),
    )
    .addOption(
      new Option(
        '--trust-proxy <list>',
        'addresses or networks of proxies in front, whose X-Forwarded-For is believed',
      )
        .env('SEGUE_TRUST_PROXY')
        .argParser(proxies),
    )
    .addOption(
      new Option('--tls [yes|no]', 'callers come by TLS, ended in front: answers say so to browsers (HSTS)')
        .env('SEGUE_TLS')
        .preset('yes')
        .argParser(yesOrNo),
    );
}

/** What the server is told of them. */
export function securityOf(flags: SecurityFlags): SecuritySettings {
  const { rateLimit: rate, rateBurst, corsOrigin, trustProxy, tls } = flags;
  return {
    ...(rate === undefined ? {} : { keyLimit: rateLimit(rate, rateBurst) }),
    ...(corsOrigin === undefined ? {} : { corsOrigins: corsOrigin }),
    ...(trustProxy === undefined ? {} : { trustedProxies: trustProxy }),
    ...(tls === undefined ? {} : { tls }),
    limits: limitsOf(flags),
  };
}

/** Addresses and networks, such as 10.0.0.0/8. */
function proxies(text: string): string[] {
  return list(text).map((proxy) => {
    const [address = '', bits = '0', ...more] = proxy.split('/');
    const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
    if (more.length === 0 && /^\d+$/.test(bits) && Number(bits) <= most) return proxy;
    throw new InvalidArgumentError(`«${proxy}» is no address or network, such as 10.0.0.0/8.`);
  });
}

/** Origins as browsers send them: scheme, host, and port if it isn't the scheme's own. */
function origins(text: string): string[] {
  return list(text).map((origin) => {
    if (origin === '*' || (URL.canParse(origin) && new URL(origin).origin === origin)) return origin;
    throw new InvalidArgumentError(`«${origin}» is no origin, such as https://app.example.com.`);
  });
}
