import type { Draw } from './draw.ts';
import type { Field } from './fields.ts';
import { common, type Json, pickField } from './queries.ts';
import { drawPrefix, drawQueryValue, drawWords } from './values.ts';

const FLAGS = 'AND NOT OR PREFIX PHRASE PRECEDENCE ESCAPE WHITESPACE FUZZY NEAR'.split(' ');

/** Queries whose text is analysed. */
export function drawTextQuery(draw: Draw, fields: readonly Field[]): Json {
  const text = pickField(draw, fields, ['text']);
  const field = draw.chance(0.9) ? text : pickField(draw, fields, ['keyword']);
  const query = drawWords(draw, 1, 4);
  switch (draw.int(0, 8)) {
    case 0:
      return {
        match_phrase: {
          [field.path]: { query, ...draw.maybe(0.4, () => ({ slop: draw.int(0, 4) })), ...common(draw) },
        },
      };
    case 1:
      return {
        match_phrase_prefix: {
          [text.path]: { query: `${drawWords(draw, 0, 2)} ${drawPrefix(draw)}`, ...common(draw) },
        },
      };
    case 2:
      return {
        match_bool_prefix: {
          [field.path]: { query: `${drawWords(draw, 0, 2)} ${drawPrefix(draw)}`, ...operator(draw), ...common(draw) },
        },
      };
    case 3:
      return drawMultiMatch(draw, fields);
    case 4:
      return {
        query_string: {
          query: drawSyntax(draw, fields),
          ...searched(draw, fields, 'default_field'),
          ...operator(draw, 'default_operator'),
          ...draw.maybe(0.1, () => ({ phrase_slop: 2 })),
          ...draw.maybe(0.1, () => ({ minimum_should_match: draw.pick(['1', '2', '50%']) })),
          ...draw.maybe(0.1, () => ({ analyze_wildcard: true })),
          ...draw.maybe(0.1, () => ({ fuzzy_prefix_length: 1 })),
          ...draw.maybe(0.1, () => ({ analyzer: draw.pick(['whitespace', 'simple']) })),
          ...common(draw),
        },
      };
    case 5:
      return {
        simple_query_string: {
          query: drawSimpleSyntax(draw),
          ...searched(draw, fields),
          ...operator(draw, 'default_operator'),
          ...draw.maybe(0.1, () => ({ minimum_should_match: draw.pick(['1', '2', '50%']) })),
          ...draw.maybe(0.1, () => ({ analyze_wildcard: true })),
          ...draw.maybe(0.2, () => ({ flags: draw.list(1, 6, () => draw.pick(FLAGS)).join('|') })),
          ...common(draw),
        },
      };
    case 6: {
      const any = pickField(draw, fields);
      return { match: { [any.path]: { query: drawQueryValue(draw, any.type), ...operator(draw), ...common(draw) } } };
    }
    default:
      return {
        match: {
          [field.path]: {
            query,
            ...operator(draw),
            ...draw.maybe(0.2, () => ({ minimum_should_match: draw.pick(['2', '75%', '-1']) })),
            ...draw.maybe(0.2, () => ({ fuzziness: draw.pick<unknown>(['AUTO', 1]) })),
            ...draw.maybe(0.1, () => ({ analyzer: draw.pick(['whitespace', 'simple', 'english', 'both', 'begins']) })),
            ...draw.maybe(0.1, () => ({ zero_terms_query: 'all' })),
            ...draw.maybe(0.1, () => ({ lenient: true })),
            ...common(draw),
          },
        },
      };
  }
}

function operator(draw: Draw, name = 'operator'): Json {
  return draw.maybe(0.4, () => ({ [name]: draw.pick(['and', 'or', 'AND']) }));
}

function searched(draw: Draw, fields: readonly Field[], single?: string): Json {
  if (draw.chance(0.2)) return { lenient: true };
  if (single !== undefined && draw.chance(0.5)) return { [single]: pickField(draw, fields, ['text', 'keyword']).path };
  return {
    fields: draw.list(
      1,
      3,
      () => `${pickField(draw, fields, ['text', 'keyword']).path}${draw.chance(0.2) ? '^2' : ''}`,
    ),
  };
}

function drawMultiMatch(draw: Draw, fields: readonly Field[]): Json {
  const type = draw.pick(['best_fields', 'most_fields', 'cross_fields', 'phrase', 'phrase_prefix', 'bool_prefix']);
  const types = type === 'phrase_prefix' ? ['text'] : ['text', 'keyword'];
  const multi = {
    query: drawWords(draw, 1, 3),
    type,
    fields: draw.list(1, 3, () => `${pickField(draw, fields, types).path}${draw.chance(0.2) ? '^3' : ''}`),
    ...(type.startsWith('phrase') ? {} : operator(draw)),
    ...draw.maybe(0.2, () => ({ tie_breaker: 0.3 })),
    ...draw.maybe(0.1, () => ({ lenient: true })),
    ...common(draw),
  };
  return { multi_match: multi };
}

/** Lucene's syntax. */
function drawSyntax(draw: Draw, fields: readonly Field[], depth = 2): string {
  const one = (): string => {
    const word = drawWords(draw, 1, 1);
    switch (draw.int(0, 12)) {
      case 0: {
        const field = pickField(draw, fields);
        return `${field.path}:${quoted(String(drawQueryValue(draw, field.type)))}`;
      }
      case 1:
        return `"${drawWords(draw, 1, 3)}"${draw.chance(0.3) ? `~${draw.int(0, 3)}` : ''}`;
      case 2:
        return `${drawPrefix(draw)}*`;
      case 3:
        return `${draw.pick(['disc', 'jobz', 'nod'])}~${draw.chance(0.3) ? '1' : ''}`;
      case 4:
        return `_exists_:${pickField(draw, fields).path}`;
      case 5: {
        const field = pickField(draw, fields, ['long', 'integer', 'double', 'short']);
        return draw.pick([`${field.path}:[1 TO 9}`, `${field.path}:>=3`, `${field.path}:{* TO 5]`]);
      }
      case 6:
        return depth > 0 ? `(${drawSyntax(draw, fields, depth - 1)})` : word;
      case 7:
        return `${word}^2`;
      case 8:
        return `${pickField(draw, fields, ['text', 'keyword']).path}:(${drawSyntax(draw, fields, 0)})`;
      case 9:
        return draw.pick(['/[ab].*/', '/run(ning)?/', 'r?n', '*ob*', 'x\\-ray', '"*"', '*']);
      case 10: {
        const { path } = pickField(draw, fields, ['date']);
        return draw.pick([`${path}:[2024-01-05 TO 2024-01-20}`, `${path}:<2024-01-15||/M`, `${path}:{2024-01 TO *]`]);
      }
      default:
        return word;
    }
  };
  return draw
    .list(1, 4, () => `${draw.pick(['', '', '', '+', '-', 'NOT '])}${one()}`)
    .reduce((before, next) => `${before} ${draw.pick(['', '', 'AND ', 'OR '])}${next}`);
}

function quoted(value: string): string {
  return /^[\w-]+$/.test(value) ? value : `"${value}"`;
}

function drawSimpleSyntax(draw: Draw): string {
  return draw
    .list(1, 4, () =>
      draw.pick([
        drawWords(draw, 1, 1),
        `"${drawWords(draw, 1, 2)}"`,
        `-${drawWords(draw, 1, 1)}`,
        `${drawPrefix(draw)}*`,
        'nod~1',
        `"${drawWords(draw, 2, 3)}"~2`,
        `-(${drawWords(draw, 1, 2)})`,
        draw.pick(['*', 'job | +disk', 'x-ray', '"', '(disk', 'run\\*']),
        `(${drawWords(draw, 1, 2)})`,
      ]),
    )
    .join(draw.pick([' ', ' + ', ' | ']));
}
