import { timingSafeEqual } from 'node:crypto';
import { DaybookError } from '@daybook/errors';
import {
  type AwsKeys,
  canonicalRequest,
  requestSignature,
  type SignableRequest,
  type SigningScope,
  sha256,
} from './sign.ts';

/** Why a signature was refused; stands as `reason` in the error's detail. */
export type SignatureRefusal = 'missing' | 'malformed' | 'unknown-key' | 'wrong-scope' | 'expired' | 'mismatch';

/** What a signature is checked against. */
export interface VerifyOptions {
  /** The keys of a caller, or undefined when there is no such caller. */
  readonly keysOf: (accessKeyId: string) => AwsKeys | undefined;
  /** Services that the receiver answers for. */
  readonly services: readonly string[];
  /** Defaults to any region. */
  readonly region?: string;
  readonly now?: Date;
}

const MAX_CLOCK_SKEW_MS = 15 * 60 * 1000;
const CREDENTIAL = /^([\w+=,.@-]{1,128})\/(\d{8})\/([\w-]+)\/([\w-]+)\/aws4_request$/;

/**
 * Checks the `authorization` header of a request (AWS Signature Version 4) and returns the access key id. Header names of
 * `request` are in lower case. Throws `unauthenticated` with a {@link SignatureRefusal} as the detail's `reason`.
 */
export function verifySignature(request: SignableRequest, options: VerifyOptions): string {
  const header = request.headers.authorization;
  if (header === undefined) throw refused('missing', 'the request is not signed');
  const { accessKeyId, scope, date, signedHeaders, signature } = parseAuthorization(header);
  checkScope(scope, options);
  const keys = options.keysOf(accessKeyId);
  if (keys === undefined) throw refused('unknown-key', `the access key id ${accessKeyId} is not known here`);

  const time = request.headers['x-amz-date'] ?? '';
  checkTime(time, date, options.now ?? new Date());
  if (!signedHeaders.includes('host')) throw refused('malformed', 'the host header is not among the signed headers');
  const canonical = canonicalRequest(request, signedHeaders, sha256(request.body), scope.service);
  const scopeText = `${date}/${scope.region}/${scope.service}/aws4_request`;
  const expected = requestSignature(keys.secretAccessKey, { time, scope: scopeText, canonical });
  if (!timingSafeEqual(Buffer.from(sha256(expected)), Buffer.from(sha256(signature)))) {
    throw refused('mismatch', 'the signature does not match the request and the key');
  }
  return accessKeyId;
}

interface Authorization {
  readonly accessKeyId: string;
  readonly date: string;
  readonly scope: SigningScope;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

function parseAuthorization(header: string): Authorization {
  const [algorithm, ...rest] = header.trim().split(/\s+/);
  const fields = new Map(
    rest
      .join('')
      .split(',')
      .map((field) => [field.slice(0, field.indexOf('=')), field.slice(field.indexOf('=') + 1)]),
  );
  const credential = CREDENTIAL.exec(fields.get('Credential') ?? '');
  const signedHeaders = fields.get('SignedHeaders')?.split(';');
  const signature = fields.get('Signature');
  if (algorithm !== 'AWS4-HMAC-SHA256' || !credential || signedHeaders === undefined || signature === undefined) {
    throw refused('malformed', 'the authorization header is no AWS4-HMAC-SHA256 signature');
  }
  const [, accessKeyId, date, region, service] = credential as unknown as [string, string, string, string, string];
  return { accessKeyId, date, scope: { region, service }, signedHeaders, signature };
}

function checkScope(scope: SigningScope, options: VerifyOptions): void {
  if (!options.services.includes(scope.service)) {
    throw refused(
      'wrong-scope',
      `the request is signed for service ${scope.service}; expected ${options.services.join(' or ')}`,
    );
  }
  if (options.region !== undefined && scope.region !== options.region) {
    throw refused('wrong-scope', `the request is signed for region ${scope.region}; expected ${options.region}`);
  }
}

function checkTime(time: string, date: string, now: Date): void {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time) ?? [];
  if (second === undefined || !time.startsWith(date)) {
    throw refused('malformed', `x-amz-date is ${JSON.stringify(time)}; expected a time like ${date}T000000Z`);
  }
  const signedAt = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (!(Math.abs(now.getTime() - signedAt) <= MAX_CLOCK_SKEW_MS)) {
    throw refused('expired', `the request was signed at ${time}, more than 15 minutes from now`);
  }
}

function refused(reason: SignatureRefusal, message: string): DaybookError {
  return new DaybookError('unauthenticated', message, { detail: { reason } });
}
