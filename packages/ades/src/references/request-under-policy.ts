import { type LookupAddress, lookup } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { FetchPolicy } from '@daybook/cwltool';
import { isPublicAddress } from '@daybook/cwltool';
import { DaybookError } from '@daybook/errors';

/** One request, which follows no redirect. */
export interface PolicyRequest {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/**
 * Sends a request to an http or https URL whose host the policy of deploys allows, by its address after DNS. Resolves with the head of the answer; rejects
 * with `forbidden` for any other host. A connection of its own, so that the address which is checked is the one that is reached.
 */
export async function requestUnderPolicy(
  url: URL,
  policy: FetchPolicy,
  { method, headers, body, signal }: PolicyRequest,
): Promise<IncomingMessage> {
  checkAddress(url, policy);
  const options = {
    method,
    signal,
    headers: { 'accept-encoding': 'identity', ...headers },
    agent: false,
    ...(!isFree(url, policy) && { lookup: lookupPublic }),
  } as const;
  return await new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    send(url, options, resolve).on('error', reject).end(body);
  });
}

/** Throws `forbidden` for a URL whose host is an address that the policy does not allow; a name shows its addresses only when it is asked for. */
export function checkAddress(url: URL, policy: FetchPolicy): void {
  const host = hostOf(url);
  if (!isFree(url, policy) && isIP(host) !== 0 && !isPublicAddress(host)) throw refused(host);
}

function isFree(url: URL, policy: FetchPolicy): boolean {
  return policy.allowPrivateAddresses === true || policy.allowedHosts?.includes(hostOf(url)) === true;
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

const lookupPublic: LookupFunction = (host, options, callback) => {
  lookup(host, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const first = addresses?.[0];
    if (error !== null || first === undefined) callback(error, '', 0);
    else if (!addresses.every(({ address }) => isPublicAddress(address))) callback(refused(host), '', 0);
    else if (options.all === true) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

function refused(host: string): DaybookError {
  return new DaybookError('forbidden', `Host ${host} has no public address: it may not be reached from here`);
}
