import type { FieldValuesRequest } from '@daybook/search-engine';
import { contentParseError, illegalArgument, parsingError } from '../errors/errors.ts';
import { defined, isJsonObject, tokenOf } from '../json/json.ts';
import { readContent } from './read-content.ts';

/** Reads `fields` or `docvalue_fields`: names, or objects of a name and a format. */
export function parseFieldRequests(name: string, value: unknown): readonly FieldValuesRequest[] {
  if (!Array.isArray(value)) throw parsingError(`Unknown key for a ${tokenOf(value)} in [${name}].`);
  return value.map((element: unknown) => {
    if (typeof element === 'string' || typeof element === 'number') return { pattern: String(element) };
    if (!isJsonObject(element))
      throw contentParseError(`[docvalues_field] Expected START_OBJECT but was: ${tokenOf(element)}`);
    const options = readContent('docvalues_field', element, { field: 'string', format: 'stringOrNull' });
    if (options.field === undefined) throw illegalArgument('Required [field]');
    return defined({ pattern: options.field, format: options.format });
  });
}
