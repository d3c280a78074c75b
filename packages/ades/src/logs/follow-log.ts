import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { OutputStore, StoredFile } from '@daybook/output-store';
import { wholeLines } from './whole-lines.ts';

/** What is followed, and from where on. */
export interface FollowedLog {
  readonly jobId: string;
  /** The name in the output store. */
  readonly name: string;
  /** Of the newest attempt, whichever that is, where it is undefined. */
  readonly attempt: number | undefined;
  readonly fromByte: number;
  /** Resolves with true when the job has ended, with false when nobody waits any longer. */
  readonly jobEnded: Promise<boolean>;
}

const LOOK_INTERVAL_MS = 200;
const HEARTBEAT_MS = 15_000;
const MAX_EVENT_BYTES = 64 * 1024;

/**
 * A log as server-sent events (HTML, section 9.2). Each has whole lines as its data, without the last line end, and as its id the offset in bytes
 * behind them; a line of over 64 KiB is several. `restart` when another attempt begins, `end` when the job has ended and all was sent.
 */
export async function* followLog({ logs }: Pick<OutputStore, 'logs'>, log: FollowedLog): AsyncGenerator<string> {
  let ended: boolean | undefined;
  const jobEnded = log.jobEnded.then((value) => {
    ended = value;
  });
  let attempt = log.attempt;
  let offset = log.fromByte;
  let lastSentAt = Date.now();
  yield ': open\n\n';
  while (ended !== false) {
    // What is known before the log is looked at: whoever ends a job has written its logs.
    const isLast = ended === true;
    const newest = log.attempt ?? (await logs.newestAttempt(log.jobId));
    if (attempt !== undefined && newest !== undefined && newest !== attempt) {
      offset = 0;
      yield event('restart', String(newest), offset);
    }
    attempt = newest;
    const file = attempt === undefined ? undefined : await logs.open(log.jobId, attempt, log.name);
    for (let data = await next(file, offset, isLast); data !== undefined; data = await next(file, offset, isLast)) {
      offset += data.length;
      lastSentAt = Date.now();
      yield event(undefined, data.toString('utf8').replace(/\r?\n$/, ''), offset);
    }
    if (isLast) return yield event('end', '', offset);
    if (Date.now() - lastSentAt > HEARTBEAT_MS) {
      lastSentAt = Date.now();
      yield ': still here\n\n';
    }
    await Promise.race([delay(Math.max(LOOK_INTERVAL_MS, logs.growIntervalMs), undefined, { ref: false }), jobEnded]);
  }
}

async function next(file: StoredFile | undefined, offset: number, isLast: boolean): Promise<Buffer | undefined> {
  if (file === undefined || file.sizeBytes <= offset) return undefined;
  const end = Math.min(file.sizeBytes, offset + MAX_EVENT_BYTES);
  const chunk = await buffer(file.read({ start: offset, end: end - 1 }));
  const isRest = isLast && end === file.sizeBytes;
  const length = isRest ? chunk.length : wholeLines(chunk, chunk.length === MAX_EVENT_BYTES);
  return length === 0 ? undefined : chunk.subarray(0, length);
}

function event(name: string | undefined, data: string, id: number): string {
  const lines = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
  return `${name === undefined ? '' : `event: ${name}\n`}id: ${id}\n${lines.join('')}\n`;
}
