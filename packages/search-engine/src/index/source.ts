import { isUtf8 } from 'node:buffer';
import { DaybookError } from '@daybook/errors';
import type { JsonObject } from '../mapping/json.ts';
import { mapperParsingError } from '../mapping/mapping-errors.ts';
import { explainMalformedJson } from './explain-malformed-json.ts';

const MAX_ID_BYTES = 512;

/** The object in a document's source; anything else is `invalid-argument`. */
export function parseSource(source: Uint8Array): JsonObject {
  if (!isUtf8(source)) throw mapperParsingError('failed to parse: the source is not UTF-8');
  const text = Buffer.from(source.buffer, source.byteOffset, source.byteLength).toString();
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw mapperParsingError('failed to parse', explainMalformedJson(text, error));
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw mapperParsingError(
      `failed to parse: expected a JSON object, found ${Array.isArray(parsed) ? 'an array' : JSON.stringify(parsed)}`,
    );
  }
  return parsed as JsonObject;
}

/** Refuses ids that are empty or longer than 512 bytes. */
export function checkId(id: string): void {
  if (id === '') throw invalid('if _id is specified it must not be empty');
  const bytes = id.length * 3 <= MAX_ID_BYTES ? 0 : Buffer.byteLength(id);
  if (bytes > MAX_ID_BYTES) {
    throw invalid(`id is too long, must be no longer than ${MAX_ID_BYTES} bytes but was: ${bytes}`);
  }
}

function invalid(message: string): DaybookError {
  return new DaybookError('invalid-argument', message, { detail: { reason: 'illegal_argument_exception' } });
}
