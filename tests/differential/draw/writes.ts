import type { Exchange } from '../exchange.ts';
import type { Draw } from './draw.ts';
import type { Field } from './fields.ts';
import { drawNonsense, drawValue } from './values.ts';

type Json = Record<string, unknown>;

/** A document with most of the fields; some have several values, none, or null. */
function drawDocument(draw: Draw, fields: readonly Field[]): Json {
  const document: Json = {};
  for (const field of fields) {
    if (!('type' in field.mapping) || draw.chance(0.25)) continue;
    const value = () => (draw.chance(0.01) ? drawNonsense(draw) : drawValue(draw, field.type));
    put(
      document,
      field.path,
      draw.chance(0.05)
        ? null
        : !field.isSingle && draw.chance(0.2)
          ? draw.list(0, field.type === 'boolean' ? 1 : 3, value)
          : value(),
    );
  }
  if (draw.chance(0.1))
    document.unmapped = draw.pick<unknown>(['text', 12, 2.5, true, '2024-01-01', { deep: ['x', 'y'] }]);
  if (draw.chance(0.1)) document[draw.pick(['a_words', 'new', 'any_thing'])] = drawUnmapped(draw);
  return document;
}

/** Values of a name that no field has. */
function drawUnmapped(draw: Draw): unknown {
  return draw.pick<unknown>([
    'some words',
    { n: 5, t: 'x' },
    [1, 2],
    [1, 2.5],
    ['2024-01-01', '2024-01-02T10:00:00Z'],
    2.5,
    { n: [] },
  ]);
}

/** Puts members that the path names inside an object, or with a dot in their name. */
function put(document: Json, path: string, value: unknown): void {
  const [first, ...rest] = path.split('.');
  if (rest.length === 0) document[path] = value;
  else document[first as string] = { ...(document[first as string] as Json | undefined), [rest.join('.')]: value };
}

/** Writes that fill and change the index, each kind with conditions that hold or not. Ids are few, so that most are written several times. */
export function drawWrites(draw: Draw, index: string, fields: readonly Field[], idPrefix: string): Exchange[] {
  const drawId = (): string => `${idPrefix}${draw.int(0, 39)}`;
  const first: Exchange = {
    method: 'POST',
    path: `/${index}/_bulk?refresh=true`,
    lines: draw.list(15, 40, () => drawBulkItem(draw, fields, drawId())).flat(),
  };
  return [first, ...draw.list(4, 16, () => drawWrite(draw, index, fields, drawId))];
}

function drawBulkItem(draw: Draw, fields: readonly Field[], _id: string): Json[] {
  const kind = draw.int(0, 9);
  if (kind < 6) return [{ index: { _id } }, drawDocument(draw, fields)];
  if (kind < 7) return [{ create: { _id } }, drawDocument(draw, fields)];
  if (kind < 8) return [{ delete: { _id } }];
  return [
    { update: { _id } },
    { doc: drawDocument(draw, fields), ...draw.maybe(0.6, () => ({ doc_as_upsert: true })) },
  ];
}

/** A script that changes a document, or not. */
function drawScript(draw: Draw, fields: readonly Field[]): Json {
  const leaves = fields.filter(({ path: name, mapping }) => 'type' in mapping && !name.includes('.'));
  if (leaves.length === 0) return { source: "ctx._source.remove('none')" };
  const { path, type } = draw.pick(leaves);
  const source = draw.pick([
    `ctx._source.${path} = params.value`,
    `ctx._source.remove('${path}')`,
    `if (ctx._source.${path} == params.value) { ctx.op = 'none' } else { ctx._source.${path} = params.value }`,
    `if (ctx._source.containsKey('${path}')) { ctx.op = 'delete' }`,
    'ctx._source.counter = (ctx._source.counter == null ? 0 : ctx._source.counter) + params.step',
    "ctx._source['any_text'] = ctx._source.size() > 3 ? 'many'.toUpperCase() : 'few' + params.step",
  ]);
  return { source, params: { value: drawValue(draw, type), step: draw.int(1, 3) } };
}

function drawWrite(draw: Draw, index: string, fields: readonly Field[], drawId: () => string): Exchange {
  const id = drawId();
  const condition = draw.chance(0.15)
    ? draw.pick([`&if_seq_no=${draw.int(0, 60)}&if_primary_term=1`, `&version=${draw.int(1, 9)}&version_type=external`])
    : '';
  const document = drawDocument(draw, fields);
  switch (draw.int(0, 9)) {
    case 0:
    case 1:
      return { method: 'PUT', path: `/${index}/_doc/${id}?refresh=true${condition}`, body: document };
    case 2:
      return { method: 'PUT', path: `/${index}/_create/${id}?refresh=true`, body: document };
    case 3:
      return { method: 'DELETE', path: `/${index}/_doc/${id}?refresh=true${condition}` };
    case 4:
      return { method: 'GET', path: `/${index}/_doc/${id}` };
    case 5:
      return {
        method: 'POST',
        path: `/${index}/_${draw.pick(['update', 'delete'])}_by_query?refresh=true&conflicts=proceed`,
        // Of several, the order is the engine's own.
        body: { query: { ids: { values: draw.list(0, 1, drawId) } } },
      };
    case 6:
      return { method: 'POST', path: `/${index}/_mget`, body: { ids: draw.list(1, 4, drawId) } };
    case 7: {
      const upsert = draw.maybe(0.3, () => ({ upsert: document }));
      const body = { script: drawScript(draw, fields), ...upsert };
      return { method: 'POST', path: `/${index}/_update/${id}?refresh=true`, body };
    }
    default: {
      const body = {
        doc: document,
        ...draw.maybe(0.3, () => ({ doc_as_upsert: true })),
        ...draw.maybe(0.2, () => ({ detect_noop: false })),
        ...draw.maybe(0.2, () => ({ _source: true })),
      };
      return { method: 'POST', path: `/${index}/_update/${id}?refresh=true`, body };
    }
  }
}
