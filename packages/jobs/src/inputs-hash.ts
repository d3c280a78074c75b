import { createHash } from 'node:crypto';
import { canonicalJson, type JsonObject } from './json.ts';

/** SHA-256 of the inputs in canonical JSON, in hexadecimal: equal for jobs that were given the same. */
export function inputsHash(inputs: JsonObject): string {
  return createHash('sha256').update(canonicalJson(inputs)).digest('hex');
}
