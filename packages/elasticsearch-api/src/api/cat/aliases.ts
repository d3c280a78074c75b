import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { indicesOptions, indicesParameters } from '../../indices/indices-options.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import type { JsonObject } from '../../json/json.ts';
import { renderTable, tableParameters } from '../../tables/render-table.ts';
import type { Column } from '../../tables/table.ts';
import { matchesPattern } from '../../wildcards/wildcard.ts';

interface Row {
  readonly alias: string;
  readonly index: string;
  readonly definition: JsonObject;
}

const columns: readonly Column<Row>[] = [
  { name: 'alias', aliases: ['a'], description: 'alias name', value: (row) => row.alias },
  { name: 'index', aliases: ['i', 'idx'], description: 'index alias points to', value: (row) => row.index },
  {
    name: 'filter',
    aliases: ['f', 'fi'],
    description: 'filter',
    value: (row) => (row.definition.filter === undefined ? '-' : '*'),
  },
  {
    name: 'routing.index',
    aliases: ['ri', 'routingIndex'],
    description: 'index routing',
    value: (row) => textOf(row.definition.index_routing),
  },
  {
    name: 'routing.search',
    aliases: ['rs', 'routingSearch'],
    description: 'search routing',
    value: (row) => textOf(row.definition.search_routing),
  },
  {
    name: 'is_write_index',
    aliases: ['w', 'isWriteIndex'],
    description: 'write index',
    value: (row) => textOf(row.definition.is_write_index),
  },
];

/** A row for each alias of each index. */
export const catAliases: Endpoint = endpoint({
  routes: ['GET /_cat/aliases', 'GET /_cat/aliases/{alias}'],
  parameters: { ...tableParameters, ...indicesParameters },
  handle: ({ engine, parts, parameters, wantsText }) => {
    const patterns = (parts.alias ?? '*').split(',');
    // compat: an alias that is hidden is shown all the same; what hides it is its index.
    const options = indicesOptions('metadata_read', parameters, { expandClosed: true, expandHidden: true });
    const rows = resolveIndices(engine, undefined, options).flatMap(({ index }) =>
      Object.entries(index.aliases())
        .filter(([alias]) => patterns.some((pattern) => matchesPattern(pattern, alias)))
        .map(([alias, definition]) => ({ alias, index: index.name, definition })),
    );
    rows.sort((a, b) => (a.alias < b.alias ? -1 : a.alias > b.alias ? 1 : 0));
    return renderTable({ columns, rows }, { parameters, wantsText });
  },
});

function textOf(value: unknown): string {
  return value === undefined ? '-' : String(value);
}
