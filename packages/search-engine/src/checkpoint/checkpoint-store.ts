import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncDirectory } from '@daybook/durable-log';
import type { FrozenIndexData } from '../index/index-data.ts';
import { type FrozenValue, readCheckpointFile, writeCheckpointFile } from './checkpoint-file.ts';

/** The checkpoint files of all indices: `indices/<uuid>/<generation>.checkpoint`, one in use for each index. */
export class CheckpointStore {
  readonly #directory: string;
  #inUse: Map<string, { generation: number; bytes: number }> = new Map();
  /** What the newest commit point on disk may name. */
  #named: ReadonlyMap<string, { generation: number; bytes: number }> = new Map();

  constructor(dataDirectory: string) {
    this.#directory = join(dataDirectory, 'indices');
  }

  /** Size of the index's file in use; 0 without one. */
  bytes(uuid: string): number {
    return this.#inUse.get(uuid)?.bytes ?? 0;
  }

  /** The generation in use of each index, for a commit point, which may be on disk from now on whether or not its writing succeeds. */
  generations(): Record<string, number> {
    this.#named = new Map(this.#inUse);
    return Object.fromEntries([...this.#inUse].map(([uuid, { generation }]) => [uuid, generation]));
  }

  /** Undefined when the file is not there. */
  read(uuid: string, generation: number): FrozenIndexData | undefined {
    try {
      const { value, bytes } = readCheckpointFile(this.#path(uuid, generation));
      this.#inUse.set(uuid, { generation, bytes });
      this.#named = new Map(this.#inUse);
      return value as FrozenIndexData;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Writes the next generation of an index, which counts once a commit point names it. */
  async write(uuid: string, data: FrozenIndexData): Promise<void> {
    const directory = join(this.#directory, uuid);
    await mkdir(directory, { recursive: true });
    const generation = (this.#inUse.get(uuid)?.generation ?? 0) + 1;
    const path = this.#path(uuid, generation);
    await rm(path, { force: true });
    try {
      const bytes = await writeCheckpointFile(path, data as unknown as FrozenValue);
      await syncDirectory(directory);
      await syncDirectory(this.#directory);
      this.#inUse.set(uuid, { generation, bytes });
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }

  /** Removes what was written since {@link generations} was asked for last, which no commit point names. */
  async rollBack(): Promise<void> {
    const written = this.#inUse;
    this.#inUse = new Map([...this.#named].filter(([uuid]) => written.has(uuid)));
    for (const [uuid, { generation }] of written) {
      if (this.#named.get(uuid)?.generation !== generation) await rm(this.#path(uuid, generation), { force: true });
    }
  }

  /** Removes an index's directory. */
  async remove(uuid: string): Promise<void> {
    this.#inUse.delete(uuid);
    await rm(join(this.#directory, uuid), { recursive: true, force: true });
  }

  /** Removes every file that is not in use. Call only when the newest commit point names those in use. */
  async removeUnused(): Promise<void> {
    await mkdir(this.#directory, { recursive: true });
    for (const uuid of await readdir(this.#directory)) {
      const inUse = this.#inUse.get(uuid);
      if (inUse === undefined) {
        await this.remove(uuid);
        continue;
      }
      for (const name of await readdir(join(this.#directory, uuid))) {
        if (name !== fileName(inUse.generation)) await rm(join(this.#directory, uuid, name), { force: true });
      }
    }
  }

  #path(uuid: string, generation: number): string {
    return join(this.#directory, uuid, fileName(generation));
  }
}

function fileName(generation: number): string {
  return `${generation}.checkpoint`;
}
