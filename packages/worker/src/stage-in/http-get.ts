import { lookup as resolve } from 'node:dns';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from '@daybook/cwltool';
import { DaybookError } from '@daybook/errors';

/** From where inputs may be fetched: the same for every redirect. */
export interface AddressPolicy {
  /** Whether loopback, private, link-local and multicast addresses may be reached. */
  readonly allowPrivateAddresses: boolean;
  /** Host names that may be reached whatever their address. */
  readonly allowedHosts: readonly string[];
}

const MAX_REDIRECTS = 5;
const SILENCE_MS = 60_000;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** A URL for messages: without user, password and query, which may hold secrets. */
export function describeUrl(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

/** The answer to GET after all redirects, its body still to be read. Throws `forbidden` for an address that the policy refuses. */
export async function httpGet(
  url: URL,
  headers: Readonly<Record<string, string>>,
  policy: AddressPolicy,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  let at = url;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const response = await getOnce(at, headers, policy, signal);
    if (!REDIRECTS.has(response.statusCode ?? 0)) {
      return response;
    }
    response.destroy();
    const { location } = response.headers;
    if (location === undefined || !URL.canParse(location, at.href)) {
      throw new DaybookError('invalid-argument', `${describeUrl(at)} redirects to nowhere`);
    }
    at = new URL(location, at);
  }
  throw new DaybookError('invalid-argument', `${describeUrl(url)} redirects more than ${MAX_REDIRECTS} times`);
}

function getOnce(
  url: URL,
  headers: Readonly<Record<string, string>>,
  policy: AddressPolicy,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new DaybookError('forbidden', `${url.protocol} is neither http: nor https:`);
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isTrusted = policy.allowPrivateAddresses || policy.allowedHosts.includes(host.toLowerCase());
  // Literal addresses are not looked up.
  if (!isTrusted && isIP(host) !== 0 && !isPublicAddress(host)) {
    throw refusal(host, host);
  }
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((onResponse, onError) => {
    const options = { headers: { ...headers, 'accept-encoding': 'identity' }, agent: false, signal };
    const request = send(url.href, { ...options, ...(!isTrusted && { lookup: publicOnly }) }, onResponse);
    request.setTimeout(SILENCE_MS, () => request.destroy(new Error(`nothing came for ${SILENCE_MS} ms`)));
    request.on('error', onError);
    request.end();
  });
}

/** Hands over only addresses that it has checked, so that a name which changes in between gains nothing. */
const publicOnly: LookupFunction = (host, options, callback) => {
  resolve(host, { ...options, all: true }, (error, found) => {
    if (error !== null) {
      return callback(error, []);
    }
    const [first, ...others] = found.filter(({ address }) => isPublicAddress(address));
    if (first === undefined) {
      return callback(refusal(host, found[0]?.address ?? 'no address'), []);
    }
    return options.all ? callback(null, [first, ...others]) : callback(null, first.address, first.family);
  });
};

function refusal(host: string, address: string): DaybookError {
  return new DaybookError('forbidden', `${host} is at ${address}, which is not a public address`);
}
