import { DaybookError } from '@daybook/errors';
import { Agent, request } from 'undici';
import { currentKeys } from '../credentials.ts';
import type { AwsClientOptions, CallOptions } from '../http-transport.ts';
import { signRequest } from '../sign.ts';
import type { ObjectAnswer } from './object.ts';

/** One request about an object, or, with an empty key, about its bucket. */
interface S3Call extends CallOptions {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  readonly bucket: string;
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: Uint8Array | string;
}

const MAX_CONNECTIONS = 64;
const SILENCE_MS = 60_000;
/** From the first byte of a body that is sent to the answer. */
const UPLOAD_LIMIT_MS = 600_000;
/** spec: Amazon S3 User Guide, "General purpose bucket naming rules", with the capitals and underscores of old buckets and other servers. */
const BUCKET = /^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$/;

/** Signed requests to S3 whose answers are streams. */
export class S3Transport {
  readonly #options: AwsClientOptions;
  readonly #agent: Agent;

  constructor(options: AwsClientOptions) {
    this.#options = options;
    this.#agent = new Agent({ connections: MAX_CONNECTIONS, headersTimeout: SILENCE_MS, bodyTimeout: SILENCE_MS });
  }

  /** Rejects with `unavailable` when the service cannot be reached, `unauthenticated` without keys, or with the reason of the signal. */
  async send({ method, bucket, key, query = {}, headers = {}, body = '', signal }: S3Call): Promise<ObjectAnswer> {
    const url = addressOf(bucket, key, query, this.#options);
    const keys = await currentKeys(this.#options.credentials).catch((cause: Error) => {
      throw new DaybookError('unauthenticated', `s3: there are no credentials: ${cause.message}`, { cause });
    });
    const { region } = this.#options;
    const signed = signRequest({ method, url, headers, body }, { keys, region, service: 's3' });
    try {
      const dispatcher = this.#agent;
      const answer = await request(url, {
        method,
        headers: signed,
        dispatcher,
        ...(body !== '' && { body, headersTimeout: UPLOAD_LIMIT_MS }),
        ...(signal !== undefined && { signal }),
      });
      // A body that is aborted or destroyed while nobody reads it fails as well.
      answer.body.on('error', () => {});
      return answer;
    } catch (cause) {
      signal?.throwIfAborted();
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new DaybookError('unavailable', `s3: ${new URL(url).origin} cannot be reached: ${reason}`, { cause });
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }
}

/** AWS has a host for each bucket, whose certificate covers no names with dots; other servers have buckets as the first folder. */
function addressOf(
  bucket: string,
  key: string,
  query: Readonly<Record<string, string>>,
  { endpoint, region }: AwsClientOptions,
): string {
  if (!BUCKET.test(bucket)) {
    throw new DaybookError('invalid-argument', `${JSON.stringify(bucket.slice(0, 100))} is no name of a bucket`);
  }
  const domain = `s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
  const path = key.split('/').map(encodeSegment).join('/');
  const base =
    endpoint !== undefined
      ? `${endpoint.replace(/\/+$/, '')}/${bucket}`
      : bucket.includes('.')
        ? `https://${domain}/${bucket}`
        : `https://${bucket}.${domain}`;
  const search = Object.entries(query).map(([name, value]) => `${encode(name)}=${encode(value)}`);
  return `${base}/${path}${search.length === 0 ? '' : `?${search.join('&')}`}`;
}

/** A URL takes segments of dots, however encoded, for steps through folders. */
function encodeSegment(segment: string): string {
  if (segment === '.' || segment === '..') {
    throw new DaybookError('unsupported', `s3: keys with the segment ${JSON.stringify(segment)} cannot be addressed`);
  }
  return encode(segment);
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
