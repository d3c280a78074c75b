import { DaybookError } from '@daybook/errors';
import { explainMalformedJson } from '@daybook/search-engine';
import { findDuplicateName } from './find-duplicate-name.ts';
import { isJsonObject, type JsonObject } from './json.ts';

const maxDepth = 200;
/** Values of one body: parsed, `{},` takes twenty times its text. */
const maxValues = 5_000_000;

/** Parses text that a user sent. What is no JSON, or is nested deeper than 200 levels, is `invalid-argument`. */
export function parseJson(bytes: Uint8Array): unknown {
  checkValueCount(bytes);
  return parseText(textOf(bytes));
}

function parseText(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const { type, reason } = explainMalformedJson(text, error);
    throw new DaybookError('invalid-argument', reason, { detail: { reason: type } });
  }
  if (depthExceeds(value, maxDepth)) {
    throw new DaybookError('invalid-argument', `The depth of the object exceeds the allowed depth [${maxDepth}]`, {
      detail: { reason: 'x_content_parse_exception' },
    });
  }
  return value;
}

/** Parses a request's body that has to be an object; undefined when there is no body. */
export function parseJsonBody(bytes: Uint8Array): JsonObject | undefined {
  if (isBlank(bytes)) return undefined;
  checkValueCount(bytes);
  const text = textOf(bytes);
  const value = parseText(text);
  if (isJsonObject(value)) {
    const duplicate = findDuplicateName(text);
    if (duplicate === undefined) return value;
    throw new DaybookError('invalid-argument', `Duplicate field '${duplicate}'`, {
      detail: { reason: 'json_parse_exception' },
    });
  }
  const found = Array.isArray(value) ? 'START_ARRAY' : 'a value';
  throw new DaybookError('invalid-argument', `Expected [START_OBJECT] but found [${found}]`, {
    detail: { reason: 'parsing_exception' },
  });
}

/** Parses a body that must be there. */
export function requireJsonBody(bytes: Uint8Array): JsonObject {
  const body = parseJsonBody(bytes);
  if (body !== undefined) return body;
  throw bodyRequired();
}

/** The complaint about a body that is missing. */
export function bodyRequired(): DaybookError {
  return new DaybookError('invalid-argument', 'request body is required', { detail: { reason: 'parse_exception' } });
}

/** A comma stands between two values, so no text with fewer has more. */
function checkValueCount(bytes: Uint8Array): void {
  if (bytes.byteLength < maxValues) return;
  let commas = 0;
  for (let at = bytes.indexOf(0x2c); at >= 0; at = bytes.indexOf(0x2c, at + 1)) commas += 1;
  if (commas < maxValues) return;
  throw new DaybookError(
    'limit-exceeded',
    `[request] Data too large, data for [<http_request>] would have [${commas}] values, the limit is [${maxValues}]`,
    { detail: { reason: 'circuit_breaking_exception' } },
  );
}

/** The bytes as UTF-8. */
export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09);
}

function depthExceeds(value: unknown, limit: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (limit === 0) return true;
  const members: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  for (const member of members) if (depthExceeds(member, limit - 1)) return true;
  return false;
}
