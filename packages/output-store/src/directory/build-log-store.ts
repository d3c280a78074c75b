import { mkdir, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { attemptOfLogs, fileOfLog, logOfFile } from '../log-names.ts';
import type { LogAppender, LogStore, StoredLog } from '../log-store.ts';
import { checkAttempt, checkJobId } from '../names.ts';
import { isMissing, storeError } from '../store-error.ts';
import { readEntry } from './read-entry.ts';

/** The logs of the store at `root`, which exists. */
export function buildLogStore(root: string): LogStore {
  const jobFolder = (jobId: string): string => {
    checkJobId(jobId);
    return join(root, jobId);
  };
  const folder = (jobId: string, attempt: number): string => {
    checkAttempt(attempt);
    return join(jobFolder(jobId), `${attempt}.logs`);
  };
  return {
    growIntervalMs: 0,
    async create(jobId, attempt) {
      await mkdir(folder(jobId, attempt), { recursive: true }).catch(failTo('keep logs'));
    },
    append: async (jobId, attempt, name) => openAppender(join(folder(jobId, attempt), fileOfLog(name))),
    async newestAttempt(jobId) {
      const names = await namesIn(jobFolder(jobId));
      const attempts = (names ?? []).map((name) => attemptOfLogs(name) ?? 0);
      return Math.max(0, ...attempts) || undefined;
    },
    async list(jobId, attempt) {
      const place = folder(jobId, attempt);
      const names = await namesIn(place);
      return names === undefined ? undefined : listLogs(place, names);
    },
    async open(jobId, attempt, name) {
      const entry = await readEntry(root, join(folder(jobId, attempt), fileOfLog(name)));
      return entry?.kind === 'file' ? entry : undefined;
    },
  };
}

async function openAppender(path: string): Promise<LogAppender> {
  const file = await open(path, 'a', 0o644).catch(failTo('keep a log'));
  return {
    append: (bytes) => file.appendFile(bytes).catch(failTo('keep a log')),
    close: () => file.close(),
  };
}

async function listLogs(folder: string, files: readonly string[]): Promise<readonly StoredLog[]> {
  const logs: StoredLog[] = [];
  for (const file of files) {
    const name = logOfFile(file);
    const stats = await stat(join(folder, file)).catch(() => undefined);
    if (name !== undefined && stats?.isFile()) {
      logs.push({ name, sizeBytes: stats.size });
    }
  }
  return logs.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function namesIn(folder: string): Promise<readonly string[] | undefined> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw storeError('look for logs', error);
  }
}

function failTo(action: string): (error: unknown) => never {
  return (error) => {
    throw storeError(action, error);
  };
}
