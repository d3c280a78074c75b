import { type ArrayPlace, type ArrayReference, isArrayReference } from './checkpoint-format.ts';
import { CheckpointInput } from './checkpoint-input.ts';

/** A value that was read. */
export interface ReadCheckpoint {
  readonly value: unknown;
  /** Size of each file that it lies in, by generation. */
  readonly files: ReadonlyMap<number, number>;
  readonly places: ReadonlyMap<ArrayBufferView, ArrayPlace>;
}

/**
 * Reads back what `writeCheckpointFile` was given, each array in memory of its own. A damaged file is `corrupt`. In one go: nothing can be answered before
 * it is read, and tens of thousands of arrays would wait longer for their turn than for their bytes.
 */
export function readCheckpoint(generation: number, pathOf: (generation: number) => string): ReadCheckpoint {
  const inputs = new Inputs(pathOf);
  try {
    const places = new Map<ArrayBufferView, ArrayPlace>();
    const restore = (current: unknown): unknown => {
      if (typeof current !== 'object' || current === null) return current;
      if (isArrayReference(current)) {
        const { place, array } = inputs.read(current, generation);
        places.set(array, place);
        return array;
      }
      if (Array.isArray(current)) return current.map(restore);
      return Object.fromEntries(Object.entries(current).map(([name, item]) => [name, restore(item)]));
    };
    const value = restore(inputs.file(generation).readManifest());
    return { value, places, files: inputs.sizes() };
  } finally {
    inputs.close();
  }
}

/** Reads a checkpoint's arrays one by one and lets go of them, and gives what is damaged by the generation of its file. `read` is awaited with the size of each array. */
export async function findDamage(
  generation: number,
  pathOf: (generation: number) => string,
  read: (bytes: number) => Promise<void>,
): Promise<ReadonlyMap<number, Error>> {
  const damage = new Map<number, Error>();
  const inputs = new Inputs(pathOf);
  try {
    const visit = async (current: unknown): Promise<void> => {
      if (typeof current !== 'object' || current === null) return;
      if (!isArrayReference(current)) {
        for (const item of Object.values(current)) await visit(item);
        return;
      }
      try {
        inputs.read(current, generation);
      } catch (error) {
        damage.set(current.$array[4] ?? generation, asError(error));
      }
      await read(current.$array[2]);
    };
    await visit(inputs.file(generation).readManifest());
  } catch (error) {
    damage.set(generation, asError(error));
  } finally {
    inputs.close();
  }
  return damage;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** The files in which a checkpoint lies, each open from its first use on. */
class Inputs {
  readonly #pathOf: (generation: number) => string;
  readonly #files: Map<number, CheckpointInput> = new Map();

  constructor(pathOf: (generation: number) => string) {
    this.#pathOf = pathOf;
  }

  file(generation: number): CheckpointInput {
    let file = this.#files.get(generation);
    if (file === undefined) {
      file = new CheckpointInput(this.#pathOf(generation));
      this.#files.set(generation, file);
    }
    return file;
  }

  /** `own` is the generation of the file in whose manifest the reference stands. */
  read({ $array }: ArrayReference, own: number): { readonly place: ArrayPlace; readonly array: ArrayBufferView } {
    const [kind, offset, bytes, checksum, generation = own] = $array;
    const array = this.file(generation).readArray(kind, offset, bytes, checksum);
    return { place: { generation, offset, bytes, checksum }, array };
  }

  sizes(): ReadonlyMap<number, number> {
    return new Map([...this.#files].map(([generation, { size }]) => [generation, size]));
  }

  close(): void {
    for (const file of this.#files.values()) file.close();
  }
}
