import { isIP } from 'node:net';
import { DaybookError } from '@daybook/errors';
import type { FastifyRequest } from 'fastify';
import type { AdesApp } from './ades-app.ts';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
const PREFLIGHT_AGE_SECONDS = 600;

/** Whom browsers may speak for. */
export interface OriginPolicy {
  /** Address that the server listens on. */
  readonly host: string;
  readonly publicUrl: string | undefined;
  /** Origins of other sites whose pages may call the ADES, such as `https://portal.example.org`. Where it listens on loopback, those on loopback may too. */
  readonly allowedOrigins: readonly string[];
  /** Host names under which the ADES may be addressed, beside loopback, IP addresses and the public URL's. */
  readonly allowedHosts: readonly string[];
}

/**
 * Refuses what a browser was made to send by a foreign page: a request that changes something and carries a foreign `Origin`, and, where the
 * server listens on loopback only, any request under a host name that is not known to be its own (DNS rebinding).
 */
export function guardOrigin(app: AdesApp, policy: OriginPolicy): void {
  const onLoopback = isLoopback(policy.host);
  app.addHook('onRequest', async (request, reply) => {
    const { host, origin } = request.headers;
    if (onLoopback && host !== undefined && !isOwnHost(host, policy)) {
      throw new DaybookError('forbidden', `Host ${host} is not one of this server's: allow it or set the public URL`);
    }
    if (origin === undefined) return undefined;
    if (policy.allowedOrigins.includes(origin) || (onLoopback && isLoopback(hostOf(origin)))) {
      reply.headers({ 'access-control-allow-origin': origin, 'access-control-expose-headers': 'Location, Link' });
      reply.header('vary', 'Origin');
      return isPreflight(request) ? reply.headers(preflightHeaders(request)).code(204).send() : undefined;
    }
    if (!SAFE_METHODS.has(request.method) && !isOwnOrigin(origin, request, policy)) {
      throw new DaybookError('forbidden', `Pages of ${origin} may not change anything here: its origin is not allowed`);
    }
    return undefined;
  });
}

function isOwnOrigin(origin: string, request: FastifyRequest, policy: OriginPolicy): boolean {
  if (policy.publicUrl !== undefined && new URL(policy.publicUrl).origin === origin) return true;
  const { host } = request.headers;
  return host !== undefined && isOwnHost(host, policy) && origin === `${request.protocol}://${host}`;
}

/** A name that only this server's operator can give it; an IP address cannot be rebound. */
function isOwnHost(hostHeader: string, policy: OriginPolicy): boolean {
  const name = hostName(hostHeader);
  if (isLoopback(name) || isIP(name) !== 0 || name === policy.host.toLowerCase()) return true;
  if (policy.publicUrl !== undefined && new URL(policy.publicUrl).hostname === name) return true;
  return policy.allowedHosts.some((allowed) => allowed.toLowerCase() === name);
}

function hostOf(origin: string): string {
  return URL.canParse(origin) ? hostName(new URL(origin).host) : '';
}

function hostName(hostHeader: string): string {
  return hostHeader
    .toLowerCase()
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1');
}

function isLoopback(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}

function isPreflight(request: FastifyRequest): boolean {
  return request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
}

function preflightHeaders(request: FastifyRequest): Record<string, string> {
  return {
    'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers': request.headers['access-control-request-headers'] ?? 'Content-Type, X-User-Id',
    'access-control-max-age': String(PREFLIGHT_AGE_SECONDS),
  };
}
