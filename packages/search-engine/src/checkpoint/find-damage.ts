import { type ArrayReference, fileOf, referencesIn } from './checkpoint-format.ts';
import { CheckpointInputs } from './checkpoint-inputs.ts';

/** Reads a checkpoint's arrays one by one and lets go of them, and gives what is damaged by the generation of its file. `read` is awaited with the size of each array; when it fails, so does this. */
export async function findDamage(
  generation: number,
  pathOf: (generation: number) => string,
  read: (bytes: number) => Promise<void>,
): Promise<ReadonlyMap<number, Error>> {
  const damage = new Map<number, Error>();
  const inputs = new CheckpointInputs(pathOf);
  const attempt = (file: number, readPart: () => void): void => {
    try {
      readPart();
    } catch (error) {
      damage.set(file, error instanceof Error ? error : new Error(String(error)));
    }
  };
  try {
    let references: readonly ArrayReference[] = [];
    attempt(generation, () => {
      references = [...referencesIn(inputs.file(generation).readManifest())];
    });
    for (const reference of references) {
      const file = fileOf(reference, generation);
      attempt(file, () => inputs.file(file).readArray(reference));
      await read(reference.$array[2]);
    }
  } finally {
    inputs.close();
  }
  return damage;
}
