import type { ApiContext } from '../../api-context.ts';
import { publishAddress } from '../../cluster/cluster-node.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { indicesOptions } from '../../indices/indices-options.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import { type Segment, segmentsOf } from '../../indices/segment.ts';
import { renderTable, tableParameters } from '../../tables/render-table.ts';
import type { Column } from '../../tables/table.ts';

interface Row {
  readonly index: string;
  readonly segment: Segment;
  readonly context: ApiContext;
}

const columns: readonly Column<Row>[] = [
  { name: 'index', aliases: ['i', 'idx'], description: 'index name', value: (row) => row.index },
  { name: 'shard', aliases: ['s', 'sh'], description: 'shard name', value: () => 0 },
  { name: 'prirep', aliases: ['p', 'pr', 'primaryOrReplica'], description: 'primary or replica', value: () => 'p' },
  { name: 'ip', description: 'ip of node where it lives', value: (row) => publishAddress(row.context).host },
  { name: 'id', description: 'unique id of node where it lives', hidden: true, value: (row) => row.context.nodeId },
  { name: 'segment', aliases: ['seg'], description: 'segment name', value: ({ segment }) => segment.name },
  {
    name: 'generation',
    aliases: ['g', 'gen'],
    description: 'segment generation',
    align: 'right',
    value: ({ segment }) => segment.generation,
  },
  {
    name: 'docs.count',
    aliases: ['dc', 'docsCount'],
    description: 'number of docs in segment',
    align: 'right',
    value: ({ segment }) => segment.docCount,
  },
  {
    name: 'docs.deleted',
    aliases: ['dd', 'docsDeleted'],
    description: 'number of deleted docs in segment',
    align: 'right',
    value: ({ segment }) => segment.deletedDocCount,
  },
  {
    name: 'size',
    aliases: ['si'],
    description: 'segment size in bytes',
    align: 'right',
    value: ({ segment }) => ({ bytes: segment.storeBytes }),
  },
  {
    name: 'size.memory',
    aliases: ['sm', 'sizeMemory'],
    description: 'segment memory in bytes',
    align: 'right',
    value: ({ segment }) => segment.memoryBytes,
  },
  {
    name: 'committed',
    aliases: ['ic', 'isCommitted'],
    description: 'is segment committed',
    value: ({ segment }) => String(segment.isCommitted),
  },
  { name: 'searchable', aliases: ['is', 'isSearchable'], description: 'is segment searched', value: () => 'true' },
  { name: 'version', aliases: ['v', 'ver'], description: 'version', value: ({ context }) => context.version },
  { name: 'compound', aliases: ['ico', 'isCompound'], description: 'is segment compound', value: () => 'false' },
];

/** A row for what each index holds. */
export const catSegments: Endpoint = endpoint({
  routes: ['GET /_cat/segments', 'GET /_cat/segments/{index}'],
  parameters: tableParameters,
  handle: ({ engine, parts, parameters, wantsText }, context) => {
    const rows = resolveIndices(
      engine,
      parts.index,
      indicesOptions('metadata_read', {}, { forbidClosed: true }),
    ).flatMap(({ index }) => segmentsOf(index).map((segment) => ({ index: index.name, segment, context })));
    return renderTable({ columns, rows }, { parameters, wantsText });
  },
});
