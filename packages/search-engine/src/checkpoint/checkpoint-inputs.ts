import { CheckpointInput } from './checkpoint-input.ts';

/** The files in which a checkpoint lies, each open from its first use on. */
export class CheckpointInputs {
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

  sizes(): ReadonlyMap<number, number> {
    return new Map([...this.#files].map(([generation, { size }]) => [generation, size]));
  }

  close(): void {
    for (const file of this.#files.values()) file.close();
  }
}
