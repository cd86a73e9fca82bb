import { isIP } from 'node:net';
import { InvalidArgumentError } from 'commander';
import { list } from './parse.js';

/** Reads addresses and networks, such as 10.0.0.0/8. */
export function proxies(text: string): string[] {
  return list(text).map((proxy) => {
    const [address = '', bits = '0', ...more] = proxy.split('/');
    const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
    if (more.length === 0 && /^\d+$/.test(bits) && Number(bits) <= most) return proxy;
    throw new InvalidArgumentError(`«${proxy}» is no address or network, such as 10.0.0.0/8.`);
  });
}

/** Reads origins as browsers send them: scheme, host, and port if it isn't the scheme's own. */
export function origins(text: string): string[] {
  return list(text).map((origin) => {
    if (origin === '*' || (URL.canParse(origin) && new URL(origin).origin === origin)) return origin;
    throw new InvalidArgumentError(`«${origin}» is no origin, such as https://app.example.com.`);
  });
}
