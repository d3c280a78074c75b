import { javaDouble } from './java-double.ts';

/** A value of a type whose numbers may have fractions, for those who show it: `1.0` is no `1` on the wire. */
export class Double {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }

  /** As Java writes it. */
  toString(): string {
    return javaDouble(this.value);
  }
}
