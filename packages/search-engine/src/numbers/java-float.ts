import { javaDouble } from './java-double.ts';
import { shortestFloat } from './shortest-float.ts';

/** A 32-bit float as Java writes it: the fewest digits that tell it apart, with at least one behind the point. */
export function javaFloat(value: number): string {
  return javaDouble(shortestFloat(value));
}
