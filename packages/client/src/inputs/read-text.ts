import { createReadStream } from 'node:fs';
import { DaybookError } from '@daybook/errors';

/** The text of a file, or of standard input for `-`, in pieces. Rejects with `not-found` where it cannot be read. */
export async function* readText(path: string): AsyncGenerator<string, void, undefined> {
  const stream = path === '-' ? process.stdin : createReadStream(path);
  try {
    for await (const piece of stream.setEncoding('utf8')) yield piece as string;
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error && 'code' in error)) throw error;
    throw new DaybookError('not-found', `${path}: cannot be read (${error.code})`);
  }
}

const MAX_CHARS = 16 * 1024 * 1024;

/** The whole of it. Rejects with `limit-exceeded` for what is too long to keep. */
export async function readWholeText(path: string): Promise<string> {
  let text = '';
  for await (const piece of readText(path)) {
    text += piece;
    if (text.length > MAX_CHARS)
      throw new DaybookError('limit-exceeded', `${path}: longer than ${MAX_CHARS} characters`);
  }
  return text;
}
