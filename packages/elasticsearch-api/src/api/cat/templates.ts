import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import type { JsonObject } from '../../json/json.ts';
import { renderTable, tableParameters } from '../../tables/render-table.ts';
import type { Column } from '../../tables/table.ts';
import { templateKinds } from '../../templates/template-kinds.ts';
import { matchesPattern } from '../../wildcards/wildcard.ts';

interface Row {
  readonly name: string;
  readonly template: JsonObject;
}

const columns: readonly Column<Row>[] = [
  { name: 'name', aliases: ['n'], description: 'template name', value: (row) => row.name },
  {
    name: 'index_patterns',
    aliases: ['t'],
    description: 'template index patterns',
    value: (row) => listed(row.template.index_patterns),
  },
  {
    name: 'order',
    aliases: ['o', 'p'],
    description: 'template application order/priority number',
    value: (row) => String(row.template.order ?? row.template.priority ?? ''),
  },
  { name: 'version', aliases: ['v'], description: 'version', value: (row) => String(row.template.version ?? '') },
  {
    name: 'composed_of',
    aliases: ['c'],
    description: 'component templates comprising index template',
    value: (row) => (row.template.composed_of === undefined ? '' : listed(row.template.composed_of)),
  },
];

/** Legacy and composable templates. */
export const catTemplates: Endpoint = endpoint({
  routes: ['GET /_cat/templates', 'GET /_cat/templates/{name}'],
  parameters: tableParameters,
  handle: ({ engine, parts, parameters, wantsText }) => {
    const pattern = parts.name ?? '*';
    const rows = [templateKinds.legacy, templateKinds.composable]
      .flatMap((kind) => [...engine.metadata(kind)])
      .filter(([name]) => matchesPattern(pattern, name))
      .map(([name, template]) => ({ name, template }));
    return renderTable({ columns, rows }, { parameters, wantsText });
  },
});

function listed(names: unknown): string {
  return `[${Array.isArray(names) ? names.join(', ') : ''}]`;
}
