import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type LogPosition, writeFileAtomically } from '@daybook/durable-log';
import { DaybookError } from '@daybook/errors';
import type { FrozenCatalog } from '../engine/catalog.ts';

/** Where a restart begins: everything that the log says before `position` is in the catalog and the checkpoint files named here. */
export interface CommitPoint {
  readonly format: number;
  readonly position: LogPosition;
  readonly catalog: FrozenCatalog;
  /** By the index's uuid: the generation of its checkpoint file. */
  readonly checkpoints: Readonly<Record<string, number>>;
}

/** The one format that is written and read. */
export const COMMIT_POINT_FORMAT = 1;
const FILE_NAME = 'commit-point.json';

/** Undefined in a new directory. */
export async function readCommitPoint(directory: string): Promise<CommitPoint | undefined> {
  const path = join(directory, FILE_NAME);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  let parsed: CommitPoint;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new DaybookError('corrupt', `${path} is no JSON`, { detail: { path }, cause });
  }
  if (parsed.format !== COMMIT_POINT_FORMAT) {
    throw new DaybookError(
      'unsupported',
      `${path} has format ${parsed.format}; this program reads ${COMMIT_POINT_FORMAT}`,
      { detail: { path } },
    );
  }
  return parsed;
}

/** Removes what a crash in the middle of {@link writeCommitPoint} has left. */
export async function removeUnfinishedCommitPoints(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (name.startsWith(`${FILE_NAME}.`)) await rm(join(directory, name), { force: true });
  }
}

/** Replaces the commit point; durable when resolved. */
export async function writeCommitPoint(directory: string, commitPoint: CommitPoint): Promise<void> {
  await writeFileAtomically(join(directory, FILE_NAME), JSON.stringify(commitPoint));
}
