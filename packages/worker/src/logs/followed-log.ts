import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { LogAppender } from '@daybook/output-store';
import type { MaskStream } from './mask-stream.ts';

/** What may still be kept, shared by several logs. */
export interface LogBudget {
  readonly maxBytes: number;
  usedBytes: number;
}

/** A file that grows, and its copy in the store. */
export interface FollowedLog {
  /** Copies what is new, up to the end of the file or of the budget; a log that is cut says so in its last line. */
  copyNew(): Promise<void>;
  close(): Promise<void>;
}

const CHUNK_BYTES = 256 * 1024;
/** A job may have put a link to a file of ours in the place of its log, or a pipe that never ends. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Follows the file at `path` into what `openCopy` opens; nothing is opened before the first copy, and a file that is not there is empty. `mask` hides secrets; it may hold back an end until the log closes. */
export function followLog(
  path: string,
  openCopy: () => Promise<LogAppender>,
  budget: LogBudget,
  mask: MaskStream,
): FollowedLog {
  let source: FileHandle | undefined;
  let copy: LogAppender | undefined;
  let position = 0;
  let isCut = false;

  const copyChunk = async (from: FileHandle, to: LogAppender): Promise<number> => {
    const { bytesRead, buffer } = await from.read({ buffer: Buffer.allocUnsafe(CHUNK_BYTES), position });
    const kept = Math.min(bytesRead, budget.maxBytes - budget.usedBytes);
    position += bytesRead;
    budget.usedBytes += kept;
    if (kept > 0) await to.append(mask.push(buffer.subarray(0, kept)));
    if (kept < bytesRead) {
      isCut = true;
      await to.append(mask.end());
      await to.append(Buffer.from(`\n[cut here: the logs of a job are kept up to ${budget.maxBytes} bytes]\n`));
    }
    return bytesRead;
  };

  return {
    async copyNew() {
      copy ??= await openCopy();
      source ??= await openFile(path);
      while (source !== undefined && !isCut && (await copyChunk(source, copy)) === CHUNK_BYTES);
    },
    async close() {
      const rest = mask.end();
      if (rest.length > 0) await copy?.append(rest);
      await Promise.all([source?.close(), copy?.close()]);
    },
  };
}

async function openFile(path: string): Promise<FileHandle | undefined> {
  const file = await open(path, FLAGS).catch(() => undefined);
  if (file !== undefined && !(await file.stat()).isFile()) {
    await file.close();
    return undefined;
  }
  return file;
}
