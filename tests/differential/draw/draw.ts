import { randomNumbers } from '../../support/random.ts';

/** Draws that follow from a seed. */
export class Draw {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = randomNumbers(seed);
  }

  /** True with that probability. */
  chance(probability: number): boolean {
    return this.#next() < probability;
  }

  /** A whole number of both bounds and those between. */
  int(from: number, to: number): number {
    return from + Math.floor(this.#next() * (to - from + 1));
  }

  pick<T>(from: readonly T[]): T {
    return from[this.int(0, from.length - 1)] as T;
  }

  /** So many, each drawn by `one`. */
  list<T>(from: number, to: number, one: () => T): T[] {
    return Array.from({ length: this.int(from, to) }, one);
  }

  /** So many different ones. */
  sample<T>(from: readonly T[], count: number): T[] {
    const left = [...from];
    return Array.from(
      { length: Math.min(count, left.length) },
      () => left.splice(this.int(0, left.length - 1), 1)[0] as T,
    );
  }

  /** The member with that probability, else nothing; to be spread into an object. */
  maybe<T>(probability: number, member: () => T): T | Record<never, never> {
    return this.chance(probability) ? member() : {};
  }
}
