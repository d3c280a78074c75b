import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { readText } from '../inputs/read-text.ts';

/** A table of jobs that is read as it is needed. */
export interface TableSource {
  readonly pieces: AsyncIterable<string>;
  /** Undefined where nobody knows before the end, as of a pipe. */
  readonly totalLines: number | undefined;
}

const LINE_FEED = 10;

/** The table in a file, or on standard input for `-`. That a file cannot be read shows when it is. */
export async function openTable(path: string): Promise<TableSource> {
  return { pieces: readText(path), totalLines: path === '-' ? undefined : await countLines(path) };
}

/** Reading a file twice costs little beside submitting what is in it. */
async function countLines(path: string): Promise<number | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true) return undefined;
  let lines = 0;
  let last = LINE_FEED;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, at + 1)) lines += 1;
    last = chunk.at(-1) ?? last;
  }
  return last === LINE_FEED ? lines : lines + 1;
}
