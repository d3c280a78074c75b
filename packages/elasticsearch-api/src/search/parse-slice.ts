import type { Query } from '@daybook/search-engine';
import { illegalArgument, parsingError } from '../errors/errors.ts';
import { isJsonObject, tokenOf } from '../json/json.ts';
import { failedField, readContent } from './read-content.ts';
import type { SearchSpecification } from './search-specification.ts';

type SliceQuery = Query & { readonly type: 'slice' };

/** Most slices of one scroll. */
const maxSlices = 1024;

/** Reads `slice`: the part of a scroll's documents that this one gives. */
export function parseSlice(value: unknown): SliceQuery {
  if (!isJsonObject(value)) throw parsingError(`Unknown key for a ${tokenOf(value)} in [slice].`);
  const { id, max, field = '_id' } = readContent('slice', value, { id: 'integer', max: 'integer', field: 'string' });
  if (id === undefined || id < 0) throw wrong('id', 'id must be greater than or equal to 0');
  if (max === undefined || max <= 1) throw wrong('max', 'max must be greater than 1');
  if (max <= id) throw wrong('max', 'max must be greater than id');
  checkSliceCount(max);
  return { type: 'slice', id, max, field };
}

/** Refuses more slices than there may be. */
export function checkSliceCount(count: number): void {
  if (count <= maxSlices) return;
  throw illegalArgument(
    `The number of slices [${count}] is too large. It must be less than [${maxSlices}]. This limit can be set by changing ` +
      'the [index.max_slices_per_scroll] index level setting.',
  );
}

/** The search with its slice as a filter, as scrolls and points in time have it: what is outside is not counted either. */
export function withinSlice(specification: SearchSpecification): SearchSpecification {
  const { request, slice } = specification;
  if (slice === undefined) return specification;
  const query: Query = { type: 'bool', must: [request.query], filter: [slice], should: [], mustNot: [] };
  const { slice: _, ...rest } = specification;
  return { ...rest, request: { ...request, query } };
}

function wrong(field: string, message: string): Error {
  return failedField('slice', field, illegalArgument(message));
}
