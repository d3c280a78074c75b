import { createHash, createHmac } from 'node:crypto';

/** The keys that a request is signed with. */
export interface AwsKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Given with temporary keys. */
  readonly sessionToken?: string;
}

/** A request as it will go over the wire. */
export interface SignableRequest {
  readonly method: string;
  /** The full address, its path and query encoded as they are sent. */
  readonly url: string;
  /** All are signed, so none may be changed on the way. Names in any case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** What a signature is made for. */
export interface SigningScope {
  readonly region: string;
  /** The service's signing name: `sqs`, `sns`, `s3`. */
  readonly service: string;
}

/** How to sign: the keys, the scope, and the time if it is not now. */
export interface SigningOptions extends SigningScope {
  readonly keys: AwsKeys;
  readonly now?: Date;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';

/**
 * The headers of `request` with those that sign it (AWS Signature Version 4): `host`, `x-amz-date`, `authorization` and, where they
 * apply, `x-amz-security-token` and `x-amz-content-sha256`. All names are in lower case. This module imports nothing but
 * node:crypto, so that a short-lived program starts fast.
 */
export function signRequest(request: SignableRequest, options: SigningOptions): Record<string, string> {
  const { keys, region, service, now = new Date() } = options;
  const time = `${now.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
  const bodyHash = sha256(request.body);
  const headers: Record<string, string> = { host: new URL(request.url).host };
  for (const [name, value] of Object.entries(request.headers)) headers[name.toLowerCase()] = value;
  headers['x-amz-date'] = time;
  if (keys.sessionToken !== undefined) headers['x-amz-security-token'] = keys.sessionToken;
  if (service === 's3') headers['x-amz-content-sha256'] = bodyHash;

  const signedHeaders = Object.keys(headers).sort();
  const scope = `${time.slice(0, 8)}/${region}/${service}/aws4_request`;
  const canonical = canonicalRequest({ ...request, headers }, signedHeaders, bodyHash, service);
  const signature = requestSignature(keys.secretAccessKey, { time, scope, canonical });
  headers.authorization = `${ALGORITHM} Credential=${keys.accessKeyId}/${scope}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`;
  return headers;
}

/**
 * The canonical form of a request over the named headers; header names of `request` in lower case, `signedHeaders` sorted.
 */
export function canonicalRequest(
  request: SignableRequest,
  signedHeaders: readonly string[],
  bodyHash: string,
  service: string,
): string {
  const url = new URL(request.url);
  const headerLines = signedHeaders.map(
    (name) => `${name}:${(request.headers[name] ?? '').trim().replace(/\s+/g, ' ')}\n`,
  );
  return [
    request.method,
    canonicalPath(url.pathname, service),
    canonicalQuery(url.search),
    headerLines.join(''),
    signedHeaders.join(';'),
    bodyHash,
  ].join('\n');
}

/** The signature, in hexadecimal, of a canonical request made at `time` (`20150830T123600Z`). */
export function requestSignature(
  secretAccessKey: string,
  { time, scope, canonical }: { readonly time: string; readonly scope: string; readonly canonical: string },
): string {
  return hmac(signingKey(secretAccessKey, scope), [ALGORITHM, time, scope, sha256(canonical)].join('\n')).toString(
    'hex',
  );
}

let lastSigningKey: { readonly secretAccessKey: string; readonly scope: string; readonly key: Buffer } | undefined;

/** The key of a scope; a program mostly signs or checks for one scope a day, so the last one is kept. */
function signingKey(secretAccessKey: string, scope: string): Buffer {
  if (lastSigningKey?.secretAccessKey === secretAccessKey && lastSigningKey.scope === scope) return lastSigningKey.key;
  let key: Buffer = Buffer.from(`AWS4${secretAccessKey}`);
  for (const part of scope.split('/')) key = hmac(key, part);
  lastSigningKey = { secretAccessKey, scope, key };
  return key;
}

/** The SHA-256 of a body in hexadecimal, as signatures hold it. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}

function canonicalPath(path: string, service: string): string {
  // spec: Signature Version 4, "Create a canonical request": every service but S3 encodes the sent path once more.
  return service === 's3' ? path : path.split('/').map(encode).join('/');
}

function canonicalQuery(search: string): string {
  if (search.length <= 1) return '';
  const pairs = search
    .slice(1)
    .split('&')
    .map((pair) => {
      const equals = pair.indexOf('=');
      const name = equals < 0 ? pair : pair.slice(0, equals);
      const value = equals < 0 ? '' : pair.slice(equals + 1);
      return [encode(decodeURIComponent(name)), encode(decodeURIComponent(value))] as const;
    });
  pairs.sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB));
  return pairs.map(([name, value]) => `${name}=${value}`).join('&');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
