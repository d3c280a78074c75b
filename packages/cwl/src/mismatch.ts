import { shown } from './expected.ts';
import type { JsonValue } from './json.ts';

/** A value that does not have its type. `path` leads to it from its input: `box.corners[2]`. */
export class Mismatch extends Error {
  readonly path: string;
  readonly expected: string;
  /** The value in words, cut short. */
  readonly found: string;

  constructor(path: string, expected: string, value: JsonValue) {
    super(`${path}: expected ${expected}`);
    this.path = path;
    this.expected = expected;
    this.found = shown(value);
  }
}
