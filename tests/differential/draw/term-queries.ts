import type { Draw } from './draw.ts';
import type { Field } from './fields.ts';
import { common, type Json, pickField } from './queries.ts';
import { drawPrefix, drawQueryValue, rangeTypes } from './values.ts';

const words = ['keyword', 'text'];

/** Queries about whole values. */
export function drawTermQuery(draw: Draw, fields: readonly Field[]): Json {
  switch (draw.int(0, 11)) {
    case 0:
      return { match_all: common(draw) };
    case 1:
      return draw.chance(0.1)
        ? { match_none: {} }
        : { exists: { field: pickField(draw, fields).path, ...common(draw) } };
    case 2:
      return { ids: { values: draw.list(0, 5, () => `d${draw.int(0, 45)}`), ...common(draw) } };
    case 3: {
      const field = pickField(draw, fields);
      return { terms: { [field.path]: draw.list(1, 4, () => drawQueryValue(draw, field.type)), ...common(draw) } };
    }
    case 4:
      return pattern(draw, fields, 'prefix', drawPrefix(draw));
    case 5:
      return pattern(
        draw,
        fields,
        'wildcard',
        draw.pick(['*', 'a*', '?b*', '*b', 'su*ed', `${drawPrefix(draw)}*`, 'r\\?n']),
      );
    case 6:
      return pattern(
        draw,
        fields,
        'regexp',
        draw.pick(['a.*', '[ab]+c?', 'run(ning)?', '(a|b|z)z?', 'd.{2}k', '~a', '[^a]b', '<1-20>']),
      );
    case 7: {
      const fuzzy = {
        value: draw.pick(['abc', 'disc', 'jobz', 'runing', 'sucseeded', 'nod']),
        ...draw.maybe(0.5, () => ({ fuzziness: draw.pick<unknown>(['AUTO', 0, 1, 2, 'AUTO:2,4']) })),
        ...draw.maybe(0.3, () => ({ prefix_length: draw.int(0, 3) })),
        ...draw.maybe(0.2, () => ({ transpositions: false })),
        ...common(draw),
      };
      return { fuzzy: { [pickField(draw, fields, words).path]: fuzzy } };
    }
    case 8:
    case 9:
      return drawRange(draw, fields);
    default: {
      const field = pickField(draw, fields);
      const value = drawQueryValue(draw, field.type);
      return { term: { [field.path]: draw.chance(0.6) ? value : { value, ...common(draw) } } };
    }
  }
}

function pattern(draw: Draw, fields: readonly Field[], type: string, value: string): Json {
  const insensitive = draw.maybe(0.2, () => ({ case_insensitive: true }));
  return { [type]: { [pickField(draw, fields, words).path]: { value, ...insensitive, ...common(draw) } } };
}

function drawRange(draw: Draw, fields: readonly Field[]): Json {
  const field = pickField(
    draw,
    fields,
    draw.pick([undefined, undefined, ['date', 'long', 'double', 'float', 'integer'], ['date', 'long'], rangeTypes]),
  );
  if (field.type.endsWith('_range')) return drawRelation(draw, field);
  const bounds = {
    ...draw.maybe(0.7, () => ({ [draw.pick(['gt', 'gte'])]: drawQueryValue(draw, field.type) })),
    ...draw.maybe(0.6, () => ({ [draw.pick(['lt', 'lte'])]: drawQueryValue(draw, field.type) })),
    ...(field.type === 'date' ? draw.maybe(0.2, () => ({ time_zone: draw.pick(['+02:00', 'America/New_York']) })) : {}),
  };
  return { range: { [field.path]: { ...bounds, ...common(draw) } } };
}

/** How ranges lie to one that is not empty: the real product finds some documents with one that is, if another query comes before. */
function drawRelation(draw: Draw, field: Field): Json {
  const isLowerOnly = draw.chance(0.3);
  const isUpperOnly = !isLowerOnly && draw.chance(0.3);
  const isOneSided = isLowerOnly || isUpperOnly;
  const bounds = {
    ...(isUpperOnly ? {} : { [isOneSided ? draw.pick(['gt', 'gte']) : 'gte']: drawQueryValue(draw, field.type) }),
    ...(isLowerOnly ? {} : { [isOneSided ? draw.pick(['lt', 'lte']) : 'lte']: drawQueryValue(draw, field.type) }),
    ...draw.maybe(0.6, () => ({ relation: draw.pick(['intersects', 'within', 'contains', 'WITHIN']) })),
  };
  return { range: { [field.path]: { ...bounds, ...common(draw) } } };
}
