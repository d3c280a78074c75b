import { createHash, randomUUID } from 'node:crypto';
import { access, constants, mkdir, readdir, realpath, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { syncDirectory, writeFileAtomically } from '@daybook/durable-log';
import { checkAttempt, checkJobId, checkPageLimit, parsePath } from '../names.ts';
import type { OutputStore } from '../output-store.ts';
import { isMissing, storeError } from '../store-error.ts';
import { resolveRoots } from '../tree/walk-tree.ts';
import { buildLogStore } from './build-log-store.ts';
import { listEntries, readEntry } from './read-entry.ts';
import { removeTree } from './remove-tree.ts';
import { buildStagedOutputs } from './staged-outputs.ts';

/** How to open a store in a directory. */
export interface OutputStoreOptions {
  /** Created where it does not exist. */
  readonly root: string;
}

const STAGED_SUFFIX = '.staged';
const REMOVED = '.removed';

/** Opens the store at `root` and deletes what an interrupted removal left there. Throws `unavailable` where the directory cannot be had. */
export async function openOutputStore(options: OutputStoreOptions): Promise<OutputStore> {
  const root = await prepareRoot(options.root);

  const jobDirectory = (jobId: string): string => {
    checkJobId(jobId);
    return join(root, jobId);
  };
  const attemptDirectory = (jobId: string, attempt: number): string => {
    checkAttempt(attempt);
    return join(jobDirectory(jobId), String(attempt));
  };
  /** The rename makes the removal one step for readers, however long the deletion takes. */
  const removeAtOnce = async (path: string): Promise<void> => {
    const grave = join(root, REMOVED, randomUUID());
    try {
      await rename(path, grave);
      await syncDirectory(dirname(path));
    } catch (error) {
      if (isMissing(error)) {
        return;
      }
      throw storeError('remove outputs', error);
    }
    await removeTree(grave).catch((error: unknown) => {
      throw storeError('delete removed outputs', error);
    });
  };

  return {
    url: pathToFileURL(`${root}/`).href,
    check: () => access(root, constants.W_OK).catch(failTo(`use ${root}`)),
    logs: buildLogStore(root),
    async stage(jobId, attempt, { ownedRoot, readableRoots = [] }) {
      const published = attemptDirectory(jobId, attempt);
      const job = jobDirectory(jobId);
      const directory = published + STAGED_SUFFIX;
      try {
        await mkdir(job, { recursive: true });
        for (const name of await readdir(job)) {
          if (name.endsWith(STAGED_SUFFIX)) {
            await removeTree(join(job, name));
          }
        }
        await mkdir(directory);
        await syncDirectory(root);
        return buildStagedOutputs(directory, published, await resolveRoots(ownedRoot, readableRoots));
      } catch (error) {
        throw storeError('stage outputs', error);
      }
    },
    async open(jobId, attempt, path) {
      return readEntry(root, join(attemptDirectory(jobId, attempt), ...parsePath(path)));
    },
    async list(jobId, attempt, path, { limit, after } = {}) {
      const entries = checkPageLimit(limit);
      const directory = join(attemptDirectory(jobId, attempt), ...parsePath(path));
      const entry = await readEntry(root, directory);
      return entry?.kind === 'directory' ? listEntries(directory, entries, after) : undefined;
    },
    async putResults(jobId, attempt, bytes) {
      const path = `${attemptDirectory(jobId, attempt)}.results.json`;
      try {
        await mkdir(dirname(path), { recursive: true });
        await writeFileAtomically(path, bytes);
        await syncDirectory(root);
      } catch (error) {
        throw storeError('keep a verdict', error);
      }
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return { url: pathToFileURL(path).href, sha256, sizeBytes: bytes.byteLength };
    },
    async removeAttempt(jobId, attempt) {
      const published = attemptDirectory(jobId, attempt);
      await removeAtOnce(published);
      await removeAtOnce(published + STAGED_SUFFIX);
      await removeAtOnce(`${published}.results.json`);
    },
    remove: async (jobId) => removeAtOnce(jobDirectory(jobId)),
  };
}

function failTo(action: string): (error: unknown) => never {
  return (error) => {
    throw storeError(action, error);
  };
}

async function prepareRoot(path: string): Promise<string> {
  try {
    await mkdir(join(path, REMOVED), { recursive: true });
    const root = await realpath(path);
    for (const name of await readdir(join(root, REMOVED))) {
      await removeTree(join(root, REMOVED, name));
    }
    return root;
  } catch (error) {
    throw storeError(`use ${path}`, error);
  }
}
