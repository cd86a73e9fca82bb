/**
 * Headers of every answer, as OWASP's REST cheat sheet asks: read as what it says it is, never framed, without rights as a page,
 * telling no other site where it was read, and kept by no cache. An operation may set its own Cache-Control. They are constants, not
 * @fastify/helmet, because its fourteen hooks cost three times as much for each request and most of its headers are for pages.
 *
 * @param tls whether callers come by TLS: HSTS then keeps them from coming without
 */
export function securityHeaders(tls: boolean): Readonly<Record<string, string>> {
  return {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'cache-control': 'no-store',
    ...(tls ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}

/** What the pages at /docs may do: load what this server has, talk to it, and style themselves as Swagger UI does. */
export const DOCUMENTATION_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What the dashboard may do: run and style itself by its own files, and talk to this server. */
export const DASHBOARD_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
