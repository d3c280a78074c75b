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
/** The longest life of a presigned URL. */
const MAX_EXPIRES_SECONDS = 604_800;
const CREDENTIAL = /^([\w+=,.@-]{1,128})\/(\d{8})\/([\w-]+)\/([\w-]+)\/aws4_request$/;

/**
 * Checks how a request is signed (AWS Signature Version 4): by the header `authorization`, or by the query of its address, as presigned
 * URLs are. Returns the access key id. Header names of `request` are in lower case. Throws `unauthenticated` with a
 * {@link SignatureRefusal} as the detail's `reason`.
 */
export function verifySignature(request: SignableRequest, options: VerifyOptions): string {
  if (!URL.canParse(request.url)) throw refused('malformed', `the request is for ${request.url}, which is no address`);
  const query = new URL(request.url).searchParams;
  const header = request.headers.authorization;
  const isPresigned = header === undefined && query.has('X-Amz-Signature');
  if (header === undefined && !isPresigned) throw refused('missing', 'the request is not signed');
  const fields = isPresigned ? presignedFields(query) : headerFields(header!, request.headers['x-amz-date'] ?? '');
  const { accessKeyId, scope, date, time, signedHeaders, signature } = parseAuthorization(fields);
  checkScope(scope, options);
  const keys = options.keysOf(accessKeyId);
  if (keys === undefined) throw refused('unknown-key', `the access key id ${accessKeyId} is not known here`);

  checkTime(fields, date, options.now ?? new Date());
  if (!signedHeaders.includes('host')) throw refused('malformed', 'the host header is not among the signed headers');
  const signed = isPresigned ? { ...request, url: withoutSignature(request.url) } : request;
  const canonical = canonicalForm(signed, signedHeaders, scope.service);
  const scopeText = `${date}/${scope.region}/${scope.service}/aws4_request`;
  const expected = requestSignature(keys.secretAccessKey, { time, scope: scopeText, canonical });
  if (!timingSafeEqual(Buffer.from(sha256(expected)), Buffer.from(sha256(signature)))) {
    throw refused('mismatch', 'the signature does not match the request and the key');
  }
  return accessKeyId;
}

function canonicalForm(request: SignableRequest, signedHeaders: readonly string[], service: string): string {
  try {
    return canonicalRequest(request, signedHeaders, sha256(request.body), service);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    throw refused('malformed', 'the query of the address is not percent-encoded');
  }
}

/** What a request says of its signature, as it says it. */
interface SignatureFields {
  readonly algorithm: string | undefined;
  readonly credential: string | undefined;
  readonly signedHeaders: string | undefined;
  readonly signature: string | undefined;
  readonly time: string;
  /** Of a presigned URL. */
  readonly expires?: string;
}

function headerFields(header: string, time: string): SignatureFields {
  const [algorithm, ...rest] = header.trim().split(/\s+/);
  const fields = new Map(
    rest
      .join('')
      .split(',')
      .map((field) => [field.slice(0, field.indexOf('=')), field.slice(field.indexOf('=') + 1)]),
  );
  const [credential, signedHeaders, signature] = ['Credential', 'SignedHeaders', 'Signature'].map((name) =>
    fields.get(name),
  );
  return { algorithm, credential, signedHeaders, signature, time };
}

function presignedFields(query: URLSearchParams): SignatureFields {
  const field = (name: string): string | undefined => query.get(`X-Amz-${name}`) ?? undefined;
  return {
    algorithm: field('Algorithm'),
    credential: field('Credential'),
    signedHeaders: field('SignedHeaders'),
    signature: field('Signature'),
    time: field('Date') ?? '',
    expires: field('Expires') ?? '',
  };
}

/** The address as it was when it was signed. */
function withoutSignature(url: string): string {
  const at = url.indexOf('?');
  const fields = url.slice(at + 1).split('&');
  return `${url.slice(0, at)}?${fields.filter((field) => !field.startsWith('X-Amz-Signature=')).join('&')}`;
}

interface Authorization {
  readonly accessKeyId: string;
  readonly date: string;
  readonly time: string;
  readonly scope: SigningScope;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

function parseAuthorization({ algorithm, signature, time, ...fields }: SignatureFields): Authorization {
  const credential = CREDENTIAL.exec(fields.credential ?? '');
  const signedHeaders = fields.signedHeaders?.split(';');
  if (algorithm !== 'AWS4-HMAC-SHA256' || !credential || signedHeaders === undefined || signature === undefined) {
    throw refused('malformed', 'the authorization is no AWS4-HMAC-SHA256 signature');
  }
  const [, accessKeyId, date, region, service] = credential as unknown as [string, string, string, string, string];
  return { accessKeyId, date, time, scope: { region, service }, signedHeaders, signature };
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

function checkTime({ time, expires }: SignatureFields, date: string, now: Date): void {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time) ?? [];
  if (second === undefined || !time.startsWith(date)) {
    throw refused('malformed', `x-amz-date is ${JSON.stringify(time)}; expected a time like ${date}T000000Z`);
  }
  if (expires !== undefined && !(/^\d{1,6}$/.test(expires) && Number(expires) <= MAX_EXPIRES_SECONDS)) {
    throw refused(
      'malformed',
      `X-Amz-Expires is ${JSON.stringify(expires)}; expected 0 to ${MAX_EXPIRES_SECONDS} seconds`,
    );
  }
  const ageMs = now.getTime() - Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  const mostMs = expires === undefined ? MAX_CLOCK_SKEW_MS : Number(expires) * 1000;
  if (!(ageMs >= -MAX_CLOCK_SKEW_MS && ageMs <= mostMs)) {
    const limit = expires === undefined ? 'more than 15 minutes from now' : `to be used within ${expires} seconds`;
    throw refused('expired', `the request was signed at ${time}, ${limit}`);
  }
}

function refused(reason: SignatureRefusal, message: string): DaybookError {
  return new DaybookError('unauthenticated', message, { detail: { reason } });
}
