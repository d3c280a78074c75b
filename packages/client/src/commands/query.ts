import type { Command } from 'commander';
import { type JobSource, type SearchAnswer, type SearchBody, searchJobs } from '../ades/search.ts';
import type { CommandContext } from '../command-context.ts';
import { readWholeText } from '../inputs/read-text.ts';
import { addConnectionOption, type ConnectionOptions, connect } from '../options/connection.ts';
import { integerOption } from '../options/parse-integer.ts';
import { luceneQuery } from '../options/selection.ts';
import { usageError } from '../options/usage-error.ts';
import { json, print, tell } from '../rendering/print.ts';

const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 10_000;

interface Options extends ConnectionOptions {
  readonly limit: number;
  readonly json?: boolean;
}

/** `daybook query` */
export function configure(command: Command, context: CommandContext): void {
  addConnectionOption(command)
    .argument(
      '<query>',
      'a Lucene query string, a search body of Elasticsearch in JSON, or - for one on standard input',
    )
    .option('--limit <N>', 'most jobs of a query string', integerOption('--limit', 1, MAX_LIMIT), DEFAULT_LIMIT)
    .option('--json', 'the answer as Elasticsearch words it')
    .action(async (query: string, options: Options) => {
      const body = searchBody(query === '-' ? await readWholeText('-') : query, options.limit);
      const answer = await searchJobs(connect(options, context), body);
      if (options.json === true) print(json(answer));
      else printAnswer(answer);
    });
}

function searchBody(query: string, size: number): SearchBody {
  if (!/^\s*\{/.test(query)) return { query: luceneQuery(query), size, sort: [{ 'submit-time': 'desc' }] };
  try {
    return JSON.parse(query);
  } catch (error) {
    throw usageError(`query: begins like JSON, but is none: ${error instanceof Error ? error.message : error}`);
  }
}

/** A document of a job a line, so that other programs can go on with them; aggregations as they are. */
function printAnswer({ hits, aggregations }: SearchAnswer): void {
  const documents = hits.hits.map(({ _id, _source }): JobSource => _source ?? { id: _id });
  print(documents.map((document) => `${JSON.stringify(document)}\n`).join(''));
  if (aggregations !== undefined) print(json(aggregations));
  if (hits.total !== undefined)
    tell(`${documents.length} of ${hits.total.relation === 'gte' ? 'at least ' : ''}${hits.total.value}`);
}
