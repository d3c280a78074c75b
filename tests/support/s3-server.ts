import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './program.ts';

/** An S3 that is not ours and takes any credentials. */
export interface S3Server {
  readonly url: string;
  createBucket(bucket: string): Promise<void>;
  put(bucket: string, key: string, content: string | Uint8Array): Promise<void>;
  /** Sorted; up to 1,000. */
  keys(bucket: string): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** What a program finds in its environment to sign with. */
export const s3Environment: Readonly<Record<string, string>> = {
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
};

/** Starts it empty on a free port. */
export async function startS3Server(): Promise<S3Server> {
  const { startIndependentBus } = await import(pathToFileURL(join(root, 'scripts/independent-bus.mjs')).href);
  const { url, stop } = (await startIndependentBus('moto')) as { url: string; stop: () => Promise<void> };
  const send = async (method: string, path: string, body?: string | Uint8Array): Promise<string> => {
    // The server tells S3 from the rest of AWS by the scope of the signature, which it does not check.
    const authorization =
      'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0';
    const init = {
      method,
      headers: { authorization },
      ...(body !== undefined && { body }),
      signal: AbortSignal.timeout(10_000),
    };
    const answer = await fetch(`${url}/${path}`, init);
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.text();
  };
  return {
    url,
    createBucket: async (bucket) => void (await send('PUT', bucket, '')),
    put: async (bucket, key, content) =>
      void (await send('PUT', `${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`, content)),
    keys: async (bucket) => {
      const listing = await send('GET', `${bucket}?list-type=2&encoding-type=url`);
      return [...listing.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key]) => decodeURIComponent(key as string)).sort();
    },
    stop,
  };
}
