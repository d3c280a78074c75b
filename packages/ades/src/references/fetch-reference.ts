import type { IncomingMessage } from 'node:http';
import type { FetchPolicy } from '@daybook/cwltool';
import { DaybookError } from '@daybook/errors';
import { requestUnderPolicy } from './request-under-policy.ts';

/** A value stands in the document of its job afterwards. */
const MAX_BYTES = 1024 * 1024;
const DEFAULT_TIMEOUT_MS = 20_000;
const MAX_REDIRECTS = 5;

/**
 * The text at an http or https URL. The policy of deploys holds for its host and those of its redirects. Throws `forbidden` for what the policy does
 * not allow, `invalid-argument` for what cannot be fetched or is no UTF-8 of at most 1 MiB.
 */
export async function fetchReference(href: string, policy: FetchPolicy): Promise<string> {
  const signal = AbortSignal.timeout(policy.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  let url = parseUrl(href);
  try {
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      const response = await requestUnderPolicy(url, policy, { method: 'GET', headers: { accept: '*/*' }, signal });
      const { statusCode = 0, headers } = response;
      if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
        response.destroy();
        url = parseUrl(headers.location, url);
        continue;
      }
      if (statusCode === 200) return await read(response, Math.min(policy.maxBytes ?? MAX_BYTES, MAX_BYTES));
      response.destroy();
      throw new DaybookError('invalid-argument', `${url} answered ${statusCode}`);
    }
  } catch (error) {
    if (error instanceof DaybookError) throw error;
    const reason = signal.aborted ? 'it took too long' : error instanceof Error ? error.message : String(error);
    throw new DaybookError('invalid-argument', `${url} cannot be fetched: ${reason}`, { cause: error });
  }
  throw new DaybookError('invalid-argument', `${href} leads through more than ${MAX_REDIRECTS} redirects`);
}

function parseUrl(href: string, base?: URL): URL {
  const url = URL.canParse(href, base?.href) ? new URL(href, base) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new DaybookError('forbidden', `${href.slice(0, 500)} is no http or https URL: others are not fetched`);
}

async function read(response: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) throw new Error(`it is longer than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
}
