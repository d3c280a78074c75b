import { illegalArgument, parsingError } from '../errors/errors.ts';
import { isJsonObject, tokenOf } from '../json/json.ts';
import { noSource, type SourceFilter, wholeSource } from '../json/source-filter.ts';

/** Query parameters that filter a source, for the declarations of APIs. */
export const sourceParameters: {
  readonly _source: 'string';
  readonly _source_includes: 'list';
  readonly _source_excludes: 'list';
} = { _source: 'string', _source_includes: 'list', _source_excludes: 'list' };

/** Reads `_source` of a body: a boolean, a pattern, patterns, or an object of includes and excludes. */
export function parseSourceFilter(value: unknown): SourceFilter {
  if (value === true) return wholeSource;
  if (value === false) return noSource;
  if (typeof value === 'string') return { ...wholeSource, includes: [value] };
  if (Array.isArray(value)) return { ...wholeSource, includes: value.map(patternOf) };
  if (value === null) throw parsingError('Unknown key for a VALUE_NULL in [_source].');
  if (!isJsonObject(value)) {
    throw parsingError(`Expected one of [VALUE_BOOLEAN, START_OBJECT] but found [${tokenOf(value)}]`);
  }
  const filter = { includes: [] as string[], excludes: [] as string[] };
  for (const [name, patterns] of Object.entries(value)) {
    const list = name === 'include' ? 'includes' : name === 'exclude' ? 'excludes' : name;
    if (list !== 'includes' && list !== 'excludes') {
      throw parsingError(`Unknown key for a ${tokenOf(patterns)} in [${name}].`);
    }
    filter[list] = (Array.isArray(patterns) ? patterns : [patterns]).map(patternOf);
  }
  return { enabled: true, ...filter };
}

/** Reads the query parameters; undefined when none is given. */
export function sourceFilterOfParameters(parameters: {
  readonly _source?: string;
  readonly _source_includes?: readonly string[];
  readonly _source_excludes?: readonly string[];
}): SourceFilter | undefined {
  const { _source: text, _source_includes: includes, _source_excludes: excludes } = parameters;
  if (text === undefined && includes === undefined && excludes === undefined) return undefined;
  if (text === 'false') return noSource;
  const listed = text === undefined || text === 'true' || text === '' ? [] : text.split(',');
  return { enabled: true, includes: [...listed, ...(includes ?? [])], excludes: excludes ?? [] };
}

function patternOf(value: unknown): string {
  if (typeof value === 'string') return value;
  throw illegalArgument(`[_source] takes patterns of field names, found [${tokenOf(value)}]`);
}
