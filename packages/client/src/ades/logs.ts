import { setTimeout as delay } from 'node:timers/promises';
import { isDaybookError } from '@daybook/errors';
import { jobPath } from './jobs.ts';
import { readChunks } from './read-chunks.ts';
import { readEvents, type ServerSentEvent } from './server-sent-events.ts';
import type { Transport } from './transport.ts';

/** A log of a job: of one run of a tool, or cwltool's own (`id` cwltool, `stream` log). */
export interface LogEntry {
  /** The path of the step. */
  readonly id: string;
  readonly stream: 'stdout' | 'stderr' | 'log';
  /** Bytes. */
  readonly size: number;
}

const CONNECT_AGAIN_MS = 1_000;

/** The logs of the attempt that counts; none before a worker has taken the job. */
export async function listLogs(ades: Transport, jobId: string): Promise<readonly LogEntry[]> {
  const { body } = await ades.send({ path: `${jobPath(jobId)}/logs` });
  return (body as { readonly logs: readonly LogEntry[] }).logs;
}

/** A log as it is now, or the last `tail` lines of it. */
export async function openLog(
  ades: Transport,
  jobId: string,
  log: Pick<LogEntry, 'id' | 'stream'>,
  tail: number | undefined,
): Promise<Response> {
  const query = tail === undefined ? '' : `?tail=${tail}`;
  return ades.open({ path: `${logPath(jobId, log)}${query}`, headers: { accept: 'text/plain' } });
}

/**
 * A log while it grows, until its job ends: events `message` (lines), `restart` (a new attempt has begun) and `end`. Where the connection
 * breaks it goes on behind what was read.
 */
export async function* followLog(
  ades: Transport,
  jobId: string,
  log: Pick<LogEntry, 'id' | 'stream'>,
  { tail, signal }: { readonly tail: number | undefined; readonly signal: AbortSignal },
): AsyncGenerator<ServerSentEvent, void, undefined> {
  const query = tail === undefined ? '' : `?tail=${tail}`;
  let last = '';
  for (;;) {
    const response = await ades.open({
      path: `${logPath(jobId, log)}${query}`,
      headers: { accept: 'text/event-stream', ...(last !== '' && { 'last-event-id': last }) },
    });
    try {
      for await (const event of readEvents(readChunks(response))) {
        yield event;
        if (event.event === 'end') return;
        last = event.id;
      }
    } catch (error) {
      signal.throwIfAborted();
      if (!isDaybookError(error, 'unavailable')) throw error;
    }
    await delay(CONNECT_AGAIN_MS, undefined, { signal });
  }
}

function logPath(jobId: string, { id, stream }: Pick<LogEntry, 'id' | 'stream'>): string {
  const name = stream === 'log' ? id : `${id.split('/').map(encodeURIComponent).join('/')}/${stream}`;
  return `${jobPath(jobId)}/logs/${name}`;
}
