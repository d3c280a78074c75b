import { mkdir, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogAppender, LogStore, StoredLog } from './log-store.ts';
import { checkAttempt, checkJobId, checkSegment } from './names.ts';
import { readEntry } from './read-entry.ts';
import { isMissing, storeError } from './store-error.ts';

const FILE = /^(.+)\.log$/s;
const FOLDER = /^([1-9]\d{0,14})\.logs$/;

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
    async create(jobId, attempt) {
      await mkdir(folder(jobId, attempt), { recursive: true }).catch(failTo('keep logs'));
    },
    append: async (jobId, attempt, name) => openAppender(join(folder(jobId, attempt), fileOf(name))),
    async newestAttempt(jobId) {
      const names = await namesIn(jobFolder(jobId));
      const attempts = (names ?? []).map((name) => Number(FOLDER.exec(name)?.[1] ?? 0));
      return Math.max(0, ...attempts) || undefined;
    },
    async list(jobId, attempt) {
      const place = folder(jobId, attempt);
      const names = await namesIn(place);
      return names === undefined ? undefined : listLogs(place, names);
    },
    async open(jobId, attempt, name) {
      const entry = await readEntry(root, join(folder(jobId, attempt), fileOf(name)));
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
    const name = nameOf(file);
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

function fileOf(name: string): string {
  checkSegment('log', name.replaceAll('/', ''));
  const file = `${encodeURIComponent(name)}.log`;
  checkSegment('log', file);
  return file;
}

function nameOf(file: string): string | undefined {
  const [, encoded] = FILE.exec(file) ?? [];
  try {
    return encoded === undefined ? undefined : decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}

function failTo(action: string): (error: unknown) => never {
  return (error) => {
    throw storeError(action, error);
  };
}
