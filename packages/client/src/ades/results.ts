import { jobPath } from './jobs.ts';
import type { Transport } from './transport.ts';

/** One output of a job: where it can be read, or what it is. */
export interface Output {
  /** The output's id; those of an array are `id[0]`, `id[1]`, … */
  readonly name: string;
  /** Undefined for a value. */
  readonly href?: string;
  readonly value?: unknown;
}

/** The results of a job that succeeded, by reference where they are files. Rejects with `not-found` as long as there are none. */
export async function readResults(ades: Transport, jobId: string): Promise<readonly Output[]> {
  const { body, status, headers } = await ades.send({ path: `${jobPath(jobId)}/results` });
  if (status === 204) return linkedOutputs(headers.get('link') ?? '');
  return Object.entries(body as Readonly<Record<string, unknown>>).flatMap(([name, value]) => outputsOf(name, value));
}

function outputsOf(name: string, value: unknown): readonly Output[] {
  if (Array.isArray(value) && value.some(isLink)) return value.flatMap((each, at) => outputsOf(`${name}[${at}]`, each));
  return [isLink(value) ? { name, href: value.href } : { name, value: unqualified(value) }];
}

function isLink(value: unknown): value is { readonly href: string } {
  return typeof value === 'object' && value !== null && 'href' in value && typeof value.href === 'string';
}

function unqualified(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && 'value' in value ? value.value : value;
}

/** References of a job that was executed with `response=raw`. */
function linkedOutputs(header: string): readonly Output[] {
  return [...header.matchAll(/<([^>]*)>;[^<]*?title="([^"]*)"/g)].map(([, href = '', title = '']) => ({
    name: decodeURIComponent(title),
    href,
  }));
}
