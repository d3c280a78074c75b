import type { Draw } from './draw.ts';
import type { Field } from './fields.ts';
import { numbers } from './metric-aggregations.ts';
import { drawQuery, type Json, pickField } from './queries.ts';
import { rangeTypes } from './values.ts';

const terms = [...numbers, 'keyword', 'keyword', 'date', 'boolean', 'ip'];

/** Aggregations that make buckets. */
export function drawBuckets(draw: Draw, fields: readonly Field[]): Json {
  const number = () => pickField(draw, fields, numbers).path;
  const date = () => pickField(draw, fields, ['date']).path;
  switch (draw.int(0, 14)) {
    case 0:
      return { filter: drawQuery(draw, fields, 1) };
    case 1: {
      const filters = draw.chance(0.5)
        ? { one: drawQuery(draw, fields, 0), two: drawQuery(draw, fields, 0) }
        : draw.list(1, 3, () => drawQuery(draw, fields, 0));
      return { filters: { filters, ...draw.maybe(0.3, () => ({ other_bucket: true })) } };
    }
    case 2:
      return { missing: { field: pickField(draw, fields, [...terms, ...rangeTypes]).path } };
    case 3: {
      const { path, type } = pickField(draw, fields, numbers);
      // Without a field of numbers it is one of dates: a bucket for each millisecond is more than the real product survives.
      const unit = type === 'date' ? 86_400_000 : 1;
      return {
        histogram: {
          field: path,
          interval: unit * draw.pick([1, 2.5, 5]),
          ...draw.maybe(0.3, () => ({ offset: 1 })),
          ...histogramOptions(draw),
          ...draw.maybe(0.15, () => ({ extended_bounds: { min: -10, max: 25 } })),
          ...draw.maybe(0.1, () => ({ missing: unit * 3 })),
        },
      };
    }
    case 4:
    case 5:
      return {
        date_histogram: {
          field: date(),
          ...drawInterval(draw),
          ...histogramOptions(draw),
          ...draw.maybe(0.2, () => ({ format: draw.pick(['yyyy-MM-dd', 'epoch_millis']) })),
          ...draw.maybe(0.1, () => ({ missing: '2024-01-20' })),
        },
      };
    case 6:
      return {
        range: {
          field: number(),
          ranges: draw.list(1, 3, () => ({
            ...drawBounds(draw, () => draw.int(-5, 20)),
            ...draw.maybe(0.1, () => ({ key: draw.pick(['low', 'high']) })),
          })),
          ...draw.maybe(0.2, () => ({ keyed: true })),
          ...draw.maybe(0.1, () => ({ missing: 3 })),
        },
      };
    case 7:
      return {
        date_range: {
          field: date(),
          ranges: draw.list(1, 3, () =>
            drawBounds(draw, () => draw.pick(['2024-01-10', '2024-01-20||/M', '2024-02-01', '2024-01-15||+2d'])),
          ),
          ...draw.maybe(0.2, () => ({ time_zone: draw.pick(['+02:00', 'America/New_York']) })),
          ...draw.maybe(0.2, () => ({ format: draw.pick(['yyyy-MM-dd', 'yyyy-MM-dd||epoch_millis']) })),
          ...draw.maybe(0.1, () => ({ missing: '2024-01-20' })),
          ...draw.maybe(0.1, () => ({ keyed: true })),
        },
      };
    case 8:
      return {
        rare_terms: {
          field: pickField(draw, fields, ['keyword']).path,
          ...draw.maybe(0.5, () => ({ max_doc_count: draw.int(1, 4) })),
        },
      };
    case 9:
      return drawComposite(draw, fields);
    case 10:
      return {
        ip_range: {
          field: pickField(draw, fields, ['ip']).path,
          ranges: draw.list(1, 3, () =>
            draw.pick<Json>([
              { mask: '10.0.0.0/24' },
              { from: '10.0.0.2' },
              { to: '192.168.0.1' },
              { from: '::1', to: '2001:db8::ff' },
            ]),
          ),
        },
      };
    case 11:
      return { global: {} };
    case 12: {
      const single = fields.filter(({ isSingle }) => isSingle);
      if (single.length === 0) return { global: {} };
      return {
        auto_date_histogram: {
          field: draw.pick(single).path,
          buckets: draw.pick([1, 3, 10, 40]),
          ...draw.maybe(0.2, () => ({ minimum_interval: draw.pick(['hour', 'day', 'month']) })),
          ...draw.maybe(0.2, () => ({ time_zone: draw.pick(['+02:00', 'Europe/Berlin']) })),
          ...draw.maybe(0.2, () => ({ format: 'yyyy-MM-dd' })),
        },
      };
    }
    default: {
      const field = pickField(draw, fields, terms);
      return {
        terms: {
          field: field.path,
          size: draw.pick([1, 3, 50]),
          ...draw.maybe(0.3, () => ({
            order: draw.pick<unknown>([
              { _key: 'asc' },
              { _key: 'desc' },
              { _count: 'asc' },
              [{ _count: 'desc' }, { _key: 'desc' }],
            ]),
          })),
          ...draw.maybe(0.2, () => ({ size: 50, min_doc_count: draw.pick([0, 2, 3]) })),
          ...(field.type === 'keyword'
            ? draw.maybe(0.2, () => ({ include: draw.pick<unknown>(['a.*', ['a', 'b']]) }))
            : {}),
          ...(field.type === 'keyword'
            ? draw.maybe(0.1, () => ({ exclude: draw.pick<unknown>(['.*b', ['a', 'failed']]) }))
            : {}),
          ...(field.type === 'keyword' ? draw.maybe(0.2, () => ({ missing: 'none' })) : {}),
          ...(numbers.includes(field.type) ? draw.maybe(0.1, () => ({ missing: 99 })) : {}),
          ...(numbers.includes(field.type) ? draw.maybe(0.1, () => ({ include: [1, 2, 3] })) : {}),
        },
      };
    }
  }
}

function histogramOptions(draw: Draw): Json {
  return {
    ...draw.maybe(0.4, () => ({ min_doc_count: draw.int(0, 2) })),
    ...draw.maybe(0.2, () => ({ keyed: true })),
    ...draw.maybe(0.2, () => ({ order: draw.pick([{ _key: 'desc' }, { _count: 'desc' }]) })),
  };
}

function drawInterval(draw: Draw): Json {
  const fixed = draw.chance(0.4);
  return {
    ...(fixed
      ? { fixed_interval: draw.pick(['12h', '1d', '7d', '90m']) }
      : { calendar_interval: draw.pick(['day', '1w', 'month', 'quarter', '1y']) }),
    ...draw.maybe(0.3, () => ({ time_zone: draw.pick(['+02:00', 'America/New_York', 'Europe/Berlin']) })),
    ...draw.maybe(0.2, () => ({ offset: draw.pick(['+6h', '-1h']) })),
  };
}

function drawBounds(draw: Draw, bound: () => unknown): Json {
  const bounds = { ...draw.maybe(0.7, () => ({ from: bound() })), ...draw.maybe(0.7, () => ({ to: bound() })) };
  return Object.keys(bounds).length > 0 ? bounds : { from: bound() };
}

function drawComposite(draw: Draw, fields: readonly Field[]): Json {
  const sources = draw.list(1, 2, () => {
    const order = draw.maybe(0.3, () => ({ order: draw.pick(['asc', 'desc']) }));
    const missing = draw.maybe(0.3, () => ({ missing_bucket: true }));
    return { terms: { field: pickField(draw, fields, ['keyword', 'ip']).path, ...order, ...missing } };
  });
  const after = draw.maybe(0.4, () => ({
    after: Object.fromEntries(sources.map((_, at) => [`s${at}`, draw.pick(['a', 'b', 'abc', 'none', '10.0.0.1'])])),
  }));
  return {
    composite: { size: draw.int(1, 30), sources: sources.map((source, at) => ({ [`s${at}`]: source })), ...after },
  };
}
