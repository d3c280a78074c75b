import type { Draw } from './draw.ts';
import type { Field } from './fields.ts';
import { type Json, pickField } from './queries.ts';
import { rangeTypes } from './values.ts';

export const numbers = ['long', 'integer', 'short', 'byte', 'double', 'float', 'half_float', 'scaled_float'];

/** Metrics of one field's values. */
export function drawMetric(draw: Draw, fields: readonly Field[]): Json {
  const type = draw.pick(
    'min max sum avg stats extended_stats value_count cardinality percentiles percentile_ranks median_absolute_deviation top_hits weighted_avg'.split(
      ' ',
    ),
  );
  const isPlain = ['min', 'max', 'sum', 'avg'].includes(type) && draw.chance(0.15);
  const numeric = pickField(draw, fields, isPlain ? ['date', 'boolean'] : numbers);
  const missing = draw.maybe(0.15, () => ({ missing: draw.int(0, 9) }));
  switch (type) {
    case 'top_hits': {
      const sort = [{ [pickField(draw, fields, numbers).path]: draw.pick(['asc', 'desc']) }, { _id: 'asc' }];
      return { [type]: { size: draw.int(1, 3), sort, _source: draw.pick<unknown>([false, ['*1']]) } };
    }
    case 'weighted_avg':
      return {
        [type]: {
          value: { field: numeric.path, ...missing },
          weight: { field: pickField(draw, fields, numbers).path },
        },
      };
    case 'value_count':
    case 'cardinality':
      return {
        [type]: {
          field: pickField(draw, fields, [...numbers, 'keyword', 'date', 'boolean', 'ip', ...rangeTypes]).path,
        },
      };
    case 'percentiles':
      return {
        [type]: {
          field: numeric.path,
          ...missing,
          ...draw.maybe(0.5, () => ({ percents: [0, 25, 50, 90, 100] })),
          ...draw.maybe(0.3, () => ({ keyed: false })),
        },
      };
    case 'percentile_ranks':
      return { [type]: { field: numeric.path, values: [0, 3, 7.5, 12] } };
    default:
      return { [type]: { field: numeric.path, ...missing } };
  }
}
