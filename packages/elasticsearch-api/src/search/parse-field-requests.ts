import { contentParseError, parsingError } from '../errors/errors.ts';
import { defined, isJsonObject, tokenOf } from '../json/json.ts';
import { readOptions } from '../query-dsl/option-readers.ts';
import type { FieldRequest } from './search-specification.ts';

/** Reads `fields` or `docvalue_fields`: names, or objects of a name and a format. */
export function parseFieldRequests(name: string, value: unknown): readonly FieldRequest[] {
  if (!Array.isArray(value)) throw parsingError(`Unknown key for a ${tokenOf(value)} in [${name}].`);
  return value.map((element: unknown) => {
    if (typeof element === 'string') return { pattern: element };
    if (!isJsonObject(element)) throw parsingError(`[${name}] takes field names, found [${tokenOf(element)}]`);
    const kinds = { field: 'string', format: 'string', include_unmapped: 'ignored' } as const;
    const options = readOptions(name, element, kinds, (option) =>
      contentParseError(`[fields] unknown field [${option}]`),
    );
    if (options.field === undefined) throw parsingError('Required [field]');
    return defined({ pattern: options.field, format: options.format });
  });
}
