import type { Exchange } from '../exchange.ts';
import { drawAggregations } from './aggregations.ts';
import type { Draw } from './draw.ts';
import type { Field } from './fields.ts';
import { drawQuery, type Json, pickField } from './queries.ts';

const sortable = [
  'keyword',
  'long',
  'integer',
  'short',
  'byte',
  'double',
  'float',
  'half_float',
  'scaled_float',
  'date',
  'boolean',
  'ip',
];
// A real one refuses its own place of a missing boolean or date when it is sent back.
const walkable = sortable.filter((type) => type !== 'boolean' && type !== 'date');

/** One request that reads. */
export function drawRead(draw: Draw, index: string, fields: readonly Field[]): Exchange {
  const search = { method: 'POST', path: `/${index}/_search` };
  switch (draw.int(0, 9)) {
    case 0:
      return { method: 'POST', path: `/${index}/_count`, body: { query: drawQuery(draw, fields) } };
    case 1:
      return {
        ...search,
        pages: 20,
        body: { size: draw.int(1, 9), query: drawQuery(draw, fields, 1), sort: totalOrder(draw, fields) },
      };
    case 2:
    case 3:
    case 4:
    case 5:
      return {
        ...search,
        body: {
          size: draw.pick([0, 0, 2]),
          ...draw.maybe(0.5, () => ({ query: drawQuery(draw, fields, 1) })),
          aggs: drawAggregations(draw, fields),
        },
      };
    case 6:
      if (draw.chance(0.3)) return { ...search, body: drawCollapsed(draw, fields) };
      return { ...search, body: drawSearchBody(draw, fields) };
    default:
      return { ...search, body: drawSearchBody(draw, fields) };
  }
}

function drawSearchBody(draw: Draw, fields: readonly Field[]): Json {
  return {
    size: draw.pick([5, 50, 50]),
    query: drawQuery(draw, fields),
    ...draw.maybe(0.4, () => ({ sort: draw.list(1, 2, () => drawSortKey(draw, fields)) })),
    ...draw.maybe(0.1, () => ({ from: draw.int(0, 5) })),
    ...draw.maybe(0.1, () => ({ post_filter: drawQuery(draw, fields, 1) })),
    ...draw.maybe(0.1, () => ({ min_score: draw.pick([0.1, 1]) })),
    ...draw.maybe(0.1, () => ({ track_scores: true })),
    ...draw.maybe(0.1, () => ({ track_total_hits: draw.pick([true, false, 3]) })),
    ...draw.maybe(0.2, () => ({
      _source: draw.pick<unknown>([false, ['*1', 'inner'], { excludes: ['*2'] }, 'inner.*']),
    })),
    ...draw.maybe(0.1, () => ({ version: true, seq_no_primary_term: true })),
    ...draw.maybe(0.15, () => ({
      fields: draw.list(1, 2, () => draw.pick([pickField(draw, fields).path, 'inner.*', '*1'])),
    })),
    ...draw.maybe(0.2, () => ({ highlight: drawHighlight(draw, fields) })),
    ...draw.maybe(0.1, () => ({ docvalue_fields: [pickField(draw, fields, sortable).path] })),
    ...draw.maybe(0.05, () => ({ docvalue_fields: [formatted(draw, fields)] })),
    ...draw.maybe(0.05, () => ({ fields: [formatted(draw, fields)] })),
  };
}

/** A date in a format. */
function formatted(draw: Draw, fields: readonly Field[]): Json {
  const { path } = pickField(draw, fields, ['date', 'date_nanos']);
  return {
    field: path,
    format: draw.pick(['yyyy/MM/dd', 'epoch_millis', 'epoch_second', "EEE, d MMM yyyy HH:mm:ss 'Z'", 'week_date']),
  };
}

/** Fragments of the hits' texts. */
function drawHighlight(draw: Draw, fields: readonly Field[]): Json {
  const options = () => ({
    ...draw.maybe(0.3, () => ({ type: draw.pick(['plain', 'unified', 'fvh']) })),
    ...draw.maybe(0.4, () => ({ number_of_fragments: draw.int(0, 3) })),
    ...draw.maybe(0.3, () => ({ fragment_size: draw.pick([10, 30, 30]) })),
    ...draw.maybe(0.2, () => ({ require_field_match: false })),
    ...draw.maybe(0.2, () => ({ no_match_size: 15 })),
    ...draw.maybe(0.1, () => ({ order: 'score' })),
    ...draw.maybe(0.1, () => ({ boundary_scanner: draw.pick(['word', 'sentence']) })),
    ...draw.maybe(0.1, () => ({ boundary_max_scan: 3, boundary_chars: draw.pick(['e', ' .']) })),
    ...draw.maybe(0.1, () => ({ phrase_limit: 2 })),
  });
  const paths = draw.list(1, 2, () => draw.pick([pickField(draw, fields, ['text', 'keyword']).path, 'text*', '*']));
  return {
    ...options(),
    ...draw.maybe(0.2, () => ({ pre_tags: ['['], post_tags: [']'] })),
    fields: Object.fromEntries(paths.map((path) => [path, draw.chance(0.3) ? options() : {}])),
  };
}

/** One hit for each value, in an order that has no ties. On a smaller page it is chance which documents of several values are met. */
function drawCollapsed(draw: Draw, fields: readonly Field[]): Json {
  const inner = { name: 'others', size: 2, sort: [{ _id: 'asc' }], _source: false };
  return {
    size: 50,
    query: drawQuery(draw, fields, 1),
    sort: totalOrder(draw, fields),
    collapse: {
      field: draw.pick(fields.filter(({ type }) => type === 'keyword' || type === 'long')).path,
      ...draw.maybe(0.4, () => ({ inner_hits: inner })),
    },
  };
}

function drawSortKey(draw: Draw, fields: readonly Field[], types: readonly string[] = sortable): unknown {
  if (draw.chance(0.1)) return draw.pick(['_score', { _score: 'asc' }, { _score: 'desc' }]);
  const fitting = fields.filter(({ type }) => types.includes(type));
  const isAny = types === sortable && draw.chance(0.03);
  const ordered = fields.filter(({ type }) => !type.endsWith('_range'));
  const field = draw.pick(isAny || fitting.length === 0 ? ordered : fitting);
  return {
    [field.path]: {
      order: draw.pick(['asc', 'desc']),
      ...draw.maybe(0.4, () => ({ missing: draw.pick(['_first', '_last']) })),
      ...(types === sortable ? draw.maybe(0.2, () => ({ unmapped_type: field.type })) : {}),
      ...draw.maybe(0.2, () => ({
        mode: draw.pick(
          field.type === 'keyword' || field.type === 'ip' ? ['min', 'max'] : ['min', 'max', 'sum', 'avg', 'median'],
        ),
      })),
    },
  };
}

/** An order without ties, so that pages can be walked through. */
function totalOrder(draw: Draw, fields: readonly Field[]): unknown[] {
  return [...draw.list(1, 2, () => drawSortKey(draw, fields, walkable)), { _id: draw.pick(['asc', 'desc']) }];
}
