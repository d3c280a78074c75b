import { DaybookError } from '@daybook/errors';
import { contentParseError, illegalArgument, parsingError } from '../errors/errors.ts';
import { isJsonObject } from '../json/json.ts';
import { parseJsonBody } from '../json/parse-json.ts';
import { parseNested, type QueryParser } from './query-context.ts';

/** A query as base64 of its JSON, as programs write it that got it as text. */
export const parseWrapper: QueryParser = (body, context) => {
  const [first, second] = isJsonObject(body) ? Object.entries(body) : [];
  if (first === undefined) throw parsingError('[wrapper] query malformed');
  const [name, given] = first;
  if (name !== 'query') throw parsingError(`[wrapper] query malformed, expected \`query\` but was ${name}`);
  const text = decodeBase64(given);
  if (second !== undefined) {
    throw parsingError('[wrapper] malformed query, expected [END_OBJECT] but found [FIELD_NAME]');
  }
  if (text.byteLength === 0) throw illegalArgument('query source text cannot be null or empty');
  if (!/^\s*\{/.test(text.toString('latin1', 0, 100))) throw contentParseError('Failed to derive xcontent');
  return parseNested(parseJsonBody(text), context);
};

function decodeBase64(given: unknown): Buffer {
  if (typeof given !== 'string') throw notBase64('Current token not VALUE_STRING, can not access as binary');
  const illegal = /[^A-Za-z0-9+/=]/.exec(given)?.[0];
  if (illegal !== undefined) {
    throw notBase64(`Failed to decode VALUE_STRING as base64: Illegal character '${illegal}' in base64 content`);
  }
  return Buffer.from(given, 'base64');
}

function notBase64(message: string): DaybookError {
  return new DaybookError('invalid-argument', message, { detail: { reason: 'json_parse_exception' } });
}
