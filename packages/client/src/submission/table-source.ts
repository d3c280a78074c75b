import { stat } from 'node:fs/promises';
import { readText } from '../inputs/read-text.ts';

/** A table of jobs that is read as it is needed. */
export interface TableSource {
  readonly pieces: AsyncIterable<string>;
  /** Undefined where nobody knows, as of a pipe. */
  readonly totalBytes: number | undefined;
  readBytes(): number;
}

/** The table in a file, or on standard input for `-`. That a file cannot be read shows when it is. */
export async function openTable(path: string): Promise<TableSource> {
  let readBytes = 0;
  const found = path === '-' ? undefined : await stat(path).catch(() => undefined);
  async function* counted(): AsyncGenerator<string, void, undefined> {
    for await (const piece of readText(path)) {
      readBytes += Buffer.byteLength(piece);
      yield piece;
    }
  }
  return {
    pieces: counted(),
    totalBytes: found?.isFile() === true ? found.size : undefined,
    readBytes: () => readBytes,
  };
}
