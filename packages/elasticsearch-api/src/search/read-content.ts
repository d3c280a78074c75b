import { DaybookError, isDaybookError } from '@daybook/errors';
import { didYouMean } from '../errors/did-you-mean.ts';
import { foreignTypes } from '../errors/error-table.ts';
import { contentParseError } from '../errors/errors.ts';
import { wireType } from '../errors/render-error.ts';
import type { JsonObject } from '../json/json.ts';
import { checkToken, type OptionKinds, type Options, readOptions } from '../query-dsl/option-readers.ts';

const CONTENT_ERROR = 'x_content_parse_exception';

/** Reads an object's members by their kinds; what is wrong with one is told as the cause of a failure to parse it. */
export function readContent<const K extends OptionKinds>(parser: string, object: JsonObject, kinds: K): Options<K> {
  const options = {};
  for (const [name, value] of Object.entries(object)) {
    if (!Object.hasOwn(kinds, name)) {
      throw contentParseError(`[${parser}] unknown field [${name}]${didYouMean(name, Object.keys(kinds))}`);
    }
    checkToken(kinds[name]!, value, name, parser);
    readMember(parser, name, () => Object.assign(options, readOptions(parser, { [name]: value }, kinds)));
  }
  return options as Options<K>;
}

/** Reads one member; what is wrong with it is told as the cause of a failure to parse it. */
export function readMember<T>(parser: string, field: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw failedField(parser, field, error);
  }
}

/** compat: of failures within failures, the innermost one of a content parser or of Elasticsearch's own kind is the root cause. */
export function failedField(parser: string, field: string, cause: unknown): Error {
  if (!isDaybookError(cause)) throw cause;
  const message = `[${parser}] failed to parse field [${field}]`;
  if (!canBeRoot(cause)) return contentParseError(message, cause);
  let root = cause;
  while (isDaybookError(root.cause) && canBeRoot(root.cause)) root = root.cause;
  const rootCauses = [{ type: wireType(root), reason: root.message }];
  return new DaybookError('invalid-argument', message, { detail: { reason: CONTENT_ERROR, rootCauses }, cause });
}

function canBeRoot(error: DaybookError): boolean {
  const type = wireType(error);
  return type === CONTENT_ERROR || !foreignTypes.has(type);
}
