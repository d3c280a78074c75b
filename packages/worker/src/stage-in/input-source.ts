import type { Readable } from 'node:stream';
import type { ExpectedDigest } from './digests.ts';

/** An answer whose body is still to be read, or destroyed. */
export interface SourceAnswer {
  readonly statusCode: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Readable;
}

/** Where the bytes of one input come from. */
export interface InputSource {
  /** For messages: without user, password and query, which may hold secrets. */
  readonly name: string;
  /** Tells it from every other one. */
  readonly key: string;
  /** Answers to GET; `headers` may hold a range and conditions. Throws the code that says why there is no answer. */
  get(headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<SourceAnswer>;
  /** What the headers of the whole answer say of its bytes. */
  digestsOf(headers: SourceAnswer['headers']): readonly ExpectedDigest[];
}

/** A header that stands once. */
export function headerOf({ headers }: Pick<SourceAnswer, 'headers'>, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}
