import { DaybookError, isDaybookError } from '@daybook/errors';
import type { Execution } from '../ades/jobs.ts';
import { readCsv } from './csv-reader.ts';
import { type DeclaredInputs, type InputValues, inputValue } from './input-values.ts';
import { executionOf, isMap } from './read-input-file.ts';
import { readLines } from './read-lines.ts';

/** One job to submit, or why there is none. */
export type Item =
  | { readonly line: number; readonly execution: Execution }
  | { readonly line: number; readonly error: string };

/**
 * The jobs that a table means, in the order of its lines. CSV: the header names inputs, and every record is a job, where an empty field leaves its
 * input out. Else, told by its first character, a JSON object a line: inputs by their names, or an execute body with `inputs` and `labels`. `common`
 * are inputs of every job. Throws `invalid-argument` for a header that names what the process does not take.
 */
export async function* readItems(
  pieces: AsyncIterable<string>,
  declared: DeclaredInputs,
  common: InputValues,
): AsyncGenerator<Item, void, undefined> {
  const { isJson, all } = await sniff(pieces);
  const items = isJson ? jsonItems(all) : csvItems(all, declared);
  for await (const item of items) {
    if ('error' in item) yield item;
    else yield { ...item, execution: { ...item.execution, inputs: { ...common, ...item.execution.inputs } } };
  }
}

async function sniff(pieces: AsyncIterable<string>): Promise<{ isJson: boolean; all: AsyncIterable<string> }> {
  const iterator = pieces[Symbol.asyncIterator]();
  let begin = '';
  for (;;) {
    const { done = false, value } = await iterator.next();
    if (!done) begin += value;
    const first = /^[\uFEFF\s]*(\S)/.exec(begin)?.[1];
    if (first === undefined && !done) continue;
    return { isJson: first === '{', all: rest(begin, done ? undefined : iterator) };
  }
}

async function* rest(begin: string, iterator: AsyncIterator<string> | undefined): AsyncGenerator<string> {
  yield begin;
  if (iterator !== undefined) yield* { [Symbol.asyncIterator]: () => iterator };
}

async function* csvItems(pieces: AsyncIterable<string>, declared: DeclaredInputs): AsyncGenerator<Item> {
  let header: readonly string[] | undefined;
  for await (const { line, fields } of readCsv(pieces)) {
    if (header === undefined) {
      header = fields.map((name) => name.trim());
      checkHeader(header, declared);
    } else yield csvItem(line, header, fields, declared);
  }
}

function csvItem(line: number, header: readonly string[], fields: readonly string[], declared: DeclaredInputs): Item {
  if (fields.length !== header.length) {
    return { line, error: `expected ${header.length} fields as in the header, found ${fields.length}` };
  }
  try {
    const given = header.flatMap((name, at): [string, unknown][] =>
      fields[at] === '' ? [] : [[name, inputValue(name, fields[at]!, declared)]],
    );
    return { line, execution: { inputs: Object.fromEntries(given) } };
  } catch (error) {
    if (!isDaybookError(error)) throw error;
    return { line, error: error.message };
  }
}

function checkHeader(header: readonly string[], declared: DeclaredInputs): void {
  const wrong = header.find((name, at) => header.indexOf(name) !== at || !Object.hasOwn(declared, name));
  if (wrong === undefined) return;
  const known = Object.keys(declared).join(', ');
  const reason = Object.hasOwn(declared, wrong) ? 'stands there twice' : `is no input; the process has ${known}`;
  throw new DaybookError('invalid-argument', `header: ${JSON.stringify(wrong.slice(0, 100))} ${reason}`);
}

async function* jsonItems(pieces: AsyncIterable<string>): AsyncGenerator<Item> {
  for await (const { number: line, text } of readLines(pieces)) {
    if (text.trim() === '') continue;
    const value = parseJson(line === 1 ? text.replace(/^\uFEFF/, '') : text);
    if (value instanceof SyntaxError) yield { line, error: `no JSON: ${value.message}` };
    else if (isMap(value)) yield { line, execution: executionOf(value) };
    else yield { line, error: 'expected a JSON object: inputs by their names' };
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}
