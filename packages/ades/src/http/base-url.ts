import type { FastifyRequest } from 'fastify';

const HOST = /^[A-Za-z0-9._~-]+(:\d{1,5})?$|^\[[0-9A-Fa-f:.]+\](:\d{1,5})?$/;

/** The URL under which the caller reaches the ADES, without a slash at its end: the configured one, else by the request's own `Host`. */
export function baseUrl(request: FastifyRequest, publicUrl: string | undefined): string {
  if (publicUrl !== undefined) return publicUrl;
  const host = request.headers.host;
  const named = `${request.protocol}://${host}`;
  if (host !== undefined && HOST.test(host) && URL.canParse(named)) return named;
  const { localAddress = '127.0.0.1', localPort = 80 } = request.raw.socket;
  return `${request.protocol}://${localAddress.includes(':') ? `[${localAddress}]` : localAddress}:${localPort}`;
}

/** One segment of a URL's path. The colon of `<id>:<version>` stays, as clients compare these URLs with what they sent. */
export function pathSegment(text: string): string {
  return encodeURIComponent(text).replaceAll('%3A', ':').replaceAll('%40', '@');
}
