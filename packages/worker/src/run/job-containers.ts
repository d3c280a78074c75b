import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { WorkerLog } from '../options.ts';
import { describeError } from '../retry.ts';
import type { ContainerEngine } from './container-engine.ts';

/** Below a job's directory; a file for each of its containers has the container's id. */
const FOLDER = 'containers';
const ID = /^[0-9a-f]{64}$/;
const REMOVAL_LIMIT_MS = 60_000;
/** What one command names. */
const MAX_IDS = 1000;

/** The flags of cwltool by which {@link removeContainers} finds the containers of a run. Makes their folder. */
export async function traceContainers(engine: ContainerEngine, directory: string): Promise<readonly string[]> {
  if (engine !== 'docker' && engine !== 'podman') return [];
  const folder = join(directory, FOLDER);
  await mkdir(folder, { recursive: true });
  return [`--cidfile-dir=${folder}`];
}

/**
 * Removes the containers of a run that was stopped, no process of which is alive: those of Docker's daemon outlive the run, and Podman keeps what is left of its
 * own. Never rejects.
 */
export async function removeContainers(engine: ContainerEngine, directory: string, log: WorkerLog): Promise<void> {
  const folder = join(directory, FOLDER);
  const files = await readdir(folder).catch(() => []);
  try {
    const contents = await Promise.all(files.slice(0, MAX_IDS).map((file) => readFile(join(folder, file), 'utf8')));
    const ids = contents.map((content) => content.trim()).filter((content) => ID.test(content));
    if (ids.length > 0) await promisify(execFile)(engine, ['rm', '-f', ...ids], { timeout: REMOVAL_LIMIT_MS });
  } catch (error) {
    log('error', `Containers of a job could not be removed: ${describeError(error)}`, { directory });
  }
}
