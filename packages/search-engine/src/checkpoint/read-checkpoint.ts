import { type ArrayPlace, fileOf, isArrayReference } from './checkpoint-format.ts';
import { CheckpointInputs } from './checkpoint-inputs.ts';

/** A value that was read. */
export interface ReadCheckpoint {
  readonly value: unknown;
  /** Size of each file that it lies in, by generation. */
  readonly files: ReadonlyMap<number, number>;
  readonly places: ReadonlyMap<ArrayBufferView, ArrayPlace>;
}

/**
 * Reads back what `writeCheckpointFile` was given, each array in memory of its own. A damaged file is `corrupt`. In one go: nothing can be answered before it is read, and
 * reading on several threads is no faster, since they wait for each other where the process gets its memory.
 */
export function readCheckpoint(generation: number, pathOf: (generation: number) => string): ReadCheckpoint {
  const inputs = new CheckpointInputs(pathOf);
  try {
    const places = new Map<ArrayBufferView, ArrayPlace>();
    const restore = (current: unknown): unknown => {
      if (typeof current !== 'object' || current === null) return current;
      if (isArrayReference(current)) {
        const file = fileOf(current, generation);
        const array = inputs.file(file).readArray(current);
        const [, offset, bytes, checksum] = current.$array;
        places.set(array, { generation: file, offset, bytes, checksum });
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
