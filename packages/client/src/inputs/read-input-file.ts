import { DaybookError } from '@daybook/errors';
import type { Execution } from '../ades/jobs.ts';
import type { InputValues } from './input-values.ts';
import { readWholeText } from './read-text.ts';

/** The inputs in a JSON or YAML file, or on standard input for `-`: a map of their ids, or an execute body with `inputs`. */
export async function readInputFile(path: string): Promise<InputValues> {
  const value = await parse(path, await readWholeText(path));
  if (!isMap(value)) throw new DaybookError('invalid-argument', `${path}: expected a map of inputs by their names`);
  return executionOf(value).inputs;
}

/** What a map means: it is an execute body where it has `inputs` and nothing that no such body has, else the inputs themselves. */
export function executionOf(value: InputValues): Execution {
  if (!isMap(value.inputs) || !Object.keys(value).every((key) => BODY_MEMBERS.has(key))) return { inputs: value };
  const { inputs, labels } = value;
  return { inputs, ...(labels !== undefined && { labels: labels as readonly string[] }) };
}

const BODY_MEMBERS: ReadonlySet<string> = new Set(['inputs', 'outputs', 'response', 'labels', 'subscriber', 'mode']);

/** JSON is YAML too, but its own parser is there already and a hundred times faster. */
async function parse(path: string, text: string): Promise<unknown> {
  try {
    return JSON.parse(text);
  } catch {
    const yaml = await import('yaml');
    try {
      return yaml.parse(text, { logLevel: 'error' });
    } catch (error) {
      const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
      throw new DaybookError('invalid-argument', `${path}: neither JSON nor YAML: ${reason}`);
    }
  }
}

/** Whether a value of JSON is an object. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
