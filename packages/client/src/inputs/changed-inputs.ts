import { isDeepStrictEqual } from 'node:util';
import { isDaybookError } from '@daybook/errors';
import { describeProcess } from '../ades/processes.ts';
import { bucketsOf, type JobQuery, searchJobs } from '../ades/search.ts';
import type { Transport } from '../ades/transport.ts';
import { usageError } from '../options/usage-error.ts';
import { type DeclaredInputs, type InputValues, valuesOfAssignments } from './input-values.ts';

/** Processes of one selection whose inputs are looked at. */
const MAX_PROCESSES = 100;

/** Whose inputs are changed, and how. */
export interface InputChange {
  /** `name=value` each. */
  readonly assignments: readonly string[];
  /** The jobs that are retried. */
  readonly query: JobQuery;
  /** The version of their processes that the retries run; undefined: that of each job. */
  readonly version: string | undefined;
}

/**
 * The inputs that retries have in the place of their jobs', each what its text stands for in the processes of these jobs. Throws a usage error where it stands for one thing in one of them and for
 * another in the next.
 */
export async function changedInputs(
  ades: Transport,
  { assignments, query, version }: InputChange,
): Promise<InputValues> {
  // Of a process that declares nothing, as none is there any more: texts as they are.
  let values = valuesOfAssignments('--set', assignments, {});
  const declaredBy = new Map<string, string>();
  for (const id of await processesOf(ades, query, version)) {
    const declared = await inputsOf(ades, id);
    const own = valuesOfAssignments('--set', assignments, declared);
    for (const name of Object.keys(own)) {
      if (!Object.hasOwn(declared, name)) continue;
      const other = declaredBy.get(name);
      if (other !== undefined && !isDeepStrictEqual(own[name], values[name])) {
        const [first, second] = [values[name], own[name]].map((value) => JSON.stringify(value));
        throw usageError(
          `--set ${name}: is ${first} for ${other}, but ${second} for ${id}, which take other types: retry them one by one, with --process`,
        );
      }
      declaredBy.set(name, id);
      values = { ...values, [name]: own[name] };
    }
  }
  return values;
}

async function processesOf(
  ades: Transport,
  query: JobQuery,
  version: string | undefined,
): Promise<ReadonlySet<string>> {
  const answer = await searchJobs(ades, {
    size: 0,
    query: { bool: { filter: [query], must_not: [{ exists: { field: 'superseded-by' } }] } },
    aggs: { processes: { terms: { field: 'process-id', size: MAX_PROCESSES + 1 } } },
  });
  const ids = bucketsOf(answer, 'processes').map(({ key }) => key);
  if (ids.length > MAX_PROCESSES) {
    throw usageError(
      `--set: expected jobs of at most ${MAX_PROCESSES} processes, there are more: name some by --process`,
    );
  }
  return new Set(version === undefined ? ids : ids.map((id) => `${id.replace(/:[^:]*$/, '')}:${version}`));
}

async function inputsOf(ades: Transport, id: string): Promise<DeclaredInputs> {
  try {
    return (await describeProcess(ades, id)).inputs;
  } catch (error) {
    // Its retries fail, and say so.
    if (isDaybookError(error, 'not-found')) return {};
    throw error;
  }
}
