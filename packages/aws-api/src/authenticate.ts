import type { IncomingHttpHeaders } from 'node:http';
import { type AwsKeys, type SignatureRefusal, verifySignature } from '@daybook/aws-client';
import { isDaybookError } from '@daybook/errors';
import type { RawRequest } from './protocols/request.ts';
import { type FailureName, failure } from './wire/failure.ts';

const FAILURE_OF: Readonly<Record<SignatureRefusal, FailureName>> = {
  missing: 'MissingAuthenticationToken',
  malformed: 'IncompleteSignature',
  'unknown-key': 'InvalidClientTokenId',
  'wrong-scope': 'SignatureDoesNotMatch',
  expired: 'SignatureDoesNotMatch',
  mismatch: 'SignatureDoesNotMatch',
};

/**
 * Who sent a request. With keys every request must be signed by one of them. Without, every request is let in that no web page can
 * have made: browsers send an `Origin` with a POST of another site, which would reach a server on loopback.
 */
export function authenticate(raw: RawRequest, keys: readonly AwsKeys[] | undefined, anonymous: string): string {
  if (keys === undefined) {
    if (raw.headers.origin === undefined) return anonymous;
    throw failure(
      'AccessDenied',
      'Requests from web pages are taken only when they are signed and a key is configured.',
    );
  }
  const headers = flatten(raw.headers);
  const request = { method: raw.method, url: `http://${headers.host ?? ''}${raw.target}`, headers, body: raw.body };
  try {
    return verifySignature(request, {
      keysOf: (accessKeyId) => keys.find((candidate) => candidate.accessKeyId === accessKeyId),
      services: ['sqs', 'sns'],
    });
  } catch (error) {
    if (!isDaybookError(error, 'unauthenticated')) throw error;
    throw failure(FAILURE_OF[error.detail.reason as SignatureRefusal], error.message);
  }
}

function flatten(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : (value ?? '')]),
  );
}
