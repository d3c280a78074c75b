import type { Command } from 'commander';
import { describeProcess, type Parameter, type ProcessDescription, type ValueSchema } from '../ades/processes.ts';
import type { CommandContext } from '../command-context.ts';
import { addConnectionOption, type ConnectionOptions, connect } from '../options/connection.ts';
import { json, print } from '../rendering/print.ts';
import { safeText } from '../rendering/safe-text.ts';
import { type Style, styleOf } from '../rendering/style.ts';
import { type Column, renderPairs, renderTable } from '../rendering/table.ts';

/** `daybook process ID` */
export function configure(command: Command, context: CommandContext): void {
  addConnectionOption(command)
    .argument('<id>', 'the process, such as l1b-cwl:develop')
    .option('--json', 'the description as the ADES gives it')
    .action(async (id: string, options: ConnectionOptions & { readonly json?: boolean }) => {
      const described = await describeProcess(connect(options, context), id);
      print(options.json === true ? json(described) : render(described, styleOf(process.stdout, context.environment)));
    });
}

type NamedParameter = readonly [string, Parameter];

const OUTPUT_COLUMNS: readonly Column<NamedParameter>[] = [
  { title: 'OUTPUT', text: ([id]) => id },
  { title: 'TYPE', text: ([, { schema }]) => typeName(schema) },
  { title: 'DESCRIPTION', text: ([id, parameter]) => describe(id, parameter) },
];

const INPUT_COLUMNS: readonly Column<NamedParameter>[] = [
  { title: 'INPUT', text: ([id]) => id },
  { title: 'TYPE', text: ([, { schema }]) => typeName(schema) },
  { title: 'NEEDED', text: ([, { minOccurs }]) => (minOccurs === 0 ? '' : 'yes') },
  { title: 'DEFAULT', text: ([, { schema }]) => (schema.default === undefined ? '' : JSON.stringify(schema.default)) },
  { title: 'DESCRIPTION', text: ([id, parameter]) => describe(id, parameter) },
];

function render({ id, title, version, description, inputs, outputs }: ProcessDescription, style: Style): string {
  const head = { process: style('bold', id), title, version, description: safeText(description ?? '') };
  const width = process.stdout.columns;
  const tables = [
    renderTable(INPUT_COLUMNS, Object.entries(inputs), { style, width }),
    renderTable(OUTPUT_COLUMNS, Object.entries(outputs), { style, width }),
  ];
  return [renderPairs(Object.entries(head), style), ...tables].join('\n');
}

function describe(id: string, { title, description }: Parameter): string {
  return [title === id ? undefined : title, description].filter((each) => each !== undefined).join(': ');
}

/** CWL's name of the type that a schema describes. */
function typeName(schema: ValueSchema): string {
  const { type, items, oneOf, enum: words } = schema;
  if (oneOf?.some(({ required }) => required?.includes('href') === true) === true) return 'File or Directory';
  if (oneOf !== undefined) return oneOf.map(typeName).join(' or ');
  if (words !== undefined) return words.map(String).join(' or ');
  if (type === 'array') return `${items === undefined ? 'any' : typeName(items)}[]`;
  return type ?? 'any';
}
