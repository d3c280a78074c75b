import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncDirectory } from '@daybook/durable-log';
import type { NumberArray } from '../columns/number-array.ts';
import type { Stored } from '../columns/stored-array.ts';
import type { FrozenIndexData } from '../index/index-data.ts';
import { type ArrayPlace, arraysOf, type FrozenValue } from './checkpoint-format.ts';
import { CheckpointInputs } from './checkpoint-inputs.ts';
import { findDamage } from './find-damage.ts';
import { keptFiles } from './kept-files.ts';
import { readCheckpoint } from './read-checkpoint.ts';
import { UnreadArrays } from './unread-arrays.ts';
import { writeCheckpointFile } from './write-checkpoint-file.ts';

/** The files of one index that make up one moment of it. */
interface InUse {
  /** Of the file with the manifest. */
  readonly generation: number;
  /** Size of that file and of the older ones that it refers to, by generation. */
  readonly files: ReadonlyMap<number, number>;
}

/**
 * The checkpoint files of all indices: `indices/<uuid>/<generation>.checkpoint`. A checkpoint writes the arrays that have changed, and refers to older files for the
 * others.
 */
export class CheckpointStore {
  readonly #directory: string;
  #inUse: Map<string, InUse> = new Map();
  /** What the newest commit point on disk may name. */
  #named: ReadonlyMap<string, InUse> = new Map();
  /** By index: the last generation that was begun. None is given to two files. */
  readonly #begun: Map<string, number> = new Map();
  /** Of arrays: where they are on disk. It counts as long as that file is in use. */
  readonly #places: WeakMap<Stored<NumberArray>, ArrayPlace> = new WeakMap();
  /** Told when an array that is wanted turns out to be damaged. */
  onUnreadable: (error: unknown) => void = () => undefined;
  readonly #unread: UnreadArrays;

  /** Of checkpoints of fewer than `lazyFromBytes` bytes everything is read at once. */
  constructor(dataDirectory: string, lazyFromBytes: number) {
    this.#directory = join(dataDirectory, 'indices');
    this.#unread = new UnreadArrays(lazyFromBytes);
  }

  /** Size of the index's files in use; 0 without one. */
  bytes(uuid: string): number {
    return [...(this.#inUse.get(uuid)?.files.values() ?? [])].reduce((sum, bytes) => sum + bytes, 0);
  }

  /** The generation in use of each index, for a commit point, which may be on disk from now on whether or not its writing succeeds. */
  generations(): Record<string, number> {
    this.#named = new Map(this.#inUse);
    return Object.fromEntries([...this.#inUse].map(([uuid, { generation }]) => [uuid, generation]));
  }

  /** Undefined when a file is not there. Arrays are read when they are first wanted, or by {@link readRest}. */
  read(uuid: string, generation: number): FrozenIndexData | undefined {
    const inputs = new CheckpointInputs((wanted) => this.#path(uuid, wanted));
    try {
      const { value, files, places } = readCheckpoint(generation, inputs, (error) => this.onUnreadable(error));
      this.#unread.add(inputs, [...places.keys()]);
      this.#use(uuid, { generation, files }, places);
      this.#begun.set(uuid, generation);
      this.#named = new Map(this.#inUse);
      return value as FrozenIndexData;
    } catch (error) {
      inputs.close();
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Reads every array that nobody has wanted yet, some in each turn of the event loop, until the signal says that it should end. */
  readRest(signal: AbortSignal): Promise<void> {
    return this.#unread.read(signal);
  }

  /** What was not read by then cannot be read any more. */
  close(): void {
    this.onUnreadable = () => undefined;
    this.#unread.close();
  }

  /** Writes the next generation of an index, which counts once a commit point names it. */
  async write(uuid: string, data: FrozenIndexData): Promise<void> {
    const directory = join(this.#directory, uuid);
    await mkdir(directory, { recursive: true });
    const generation = (this.#begun.get(uuid) ?? 0) + 1;
    this.#begun.set(uuid, generation);
    const path = this.#path(uuid, generation);
    await rm(path, { force: true });
    const value = data as unknown as FrozenValue;
    const kept = this.#keptFiles(uuid, value);
    const placeOf = (array: Stored<NumberArray>): ArrayPlace | undefined => {
      const place = this.#places.get(array);
      return place !== undefined && kept.has(place.generation) ? place : undefined;
    };
    try {
      const { bytes, places } = await writeCheckpointFile(path, generation, value, placeOf);
      await syncDirectory(directory);
      this.#use(uuid, { generation, files: new Map([...kept, [generation, bytes]]) }, places);
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }

  /** Makes the directories that were made durable: to be called before a commit point is written. */
  async sync(): Promise<void> {
    await mkdir(this.#directory, { recursive: true });
    await syncDirectory(this.#directory);
  }

  /**
   * Reads an index's files in use, awaiting `read` with the size of each array. Gives what is damaged; the next checkpoint then writes anew what is in such a file, of
   * which memory has an intact copy.
   */
  async check(uuid: string, read: (bytes: number) => Promise<void>): Promise<readonly Error[]> {
    const inUse = this.#inUse.get(uuid);
    if (inUse === undefined) return [];
    const damage = await findDamage(inUse.generation, (generation) => this.#path(uuid, generation), read);
    // Another checkpoint was made meanwhile: its files are looked at the next time.
    if (damage.size === 0 || this.#inUse.get(uuid) !== inUse) return [];
    const files = new Map([...inUse.files].filter(([generation]) => !damage.has(generation)));
    this.#inUse.set(uuid, { ...inUse, files });
    return [...damage.values()];
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
      const names = new Set([...inUse.files.keys()].map(fileName));
      for (const name of await readdir(join(this.#directory, uuid))) {
        if (!names.has(name)) await rm(join(this.#directory, uuid, name), { force: true });
      }
    }
  }

  #use(uuid: string, inUse: InUse, places: ReadonlyMap<Stored<NumberArray>, ArrayPlace>): void {
    this.#inUse.set(uuid, inUse);
    for (const [array, place] of places) this.#places.set(array, place);
  }

  /** The files in use, with their sizes, to which the next one may refer. */
  #keptFiles(uuid: string, value: FrozenValue): ReadonlyMap<number, number> {
    const files = this.#inUse.get(uuid)?.files ?? new Map<number, number>();
    const live = new Map<number, number>();
    for (const array of arraysOf(value)) {
      const place = this.#places.get(array);
      if (place !== undefined) live.set(place.generation, (live.get(place.generation) ?? 0) + place.bytes);
    }
    return keptFiles([...files].map(([generation, bytes]) => ({ generation, bytes, live: live.get(generation) ?? 0 })));
  }

  #path(uuid: string, generation: number): string {
    return join(this.#directory, uuid, fileName(generation));
  }
}

function fileName(generation: number): string {
  return `${generation}.checkpoint`;
}
