import { javaDouble } from '../numbers/java-double.ts';
import { isJsonObject } from './json.ts';

/** A JSON value as Elasticsearch's messages show it: Java's own text of maps and lists, `{a=1, b=[x, y]}`. */
export function javaText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(javaText).join(', ')}]`;
  if (isJsonObject(value)) {
    return `{${Object.entries(value)
      .map(([name, inner]) => `${name}=${javaText(inner)}`)
      .join(', ')}}`;
  }
  // What JavaScript writes with a fraction or an exponent is a double to Java.
  if (typeof value === 'number' && /[.e]/.test(String(value))) return javaDouble(value);
  return String(value);
}
