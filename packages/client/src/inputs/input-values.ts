import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Parameter, ValueSchema } from '../ades/processes.ts';
import { usageError } from '../options/usage-error.ts';

/** Inputs of a process, as its description has them. */
export type DeclaredInputs = Readonly<Record<string, Parameter>>;

/** Values of inputs by their ids. */
export type InputValues = Readonly<Record<string, unknown>>;

/** A number of JSON that a double holds exactly, or a truth value. */
const LITERAL = /^(true|false|-?(0|[1-9]\d{0,14})(\.\d+)?([eE][-+]?\d{1,2})?)$/;

/**
 * The value that a text on the command line or in a table stands for. Where a File or Directory is taken, a URL or a local path is a link;
 * where a number, a truth value, an array or a record is, what is JSON of that kind is it. All else is sent as the text that it is, and the
 * ADES says what it expected.
 */
export function inputValue(name: string, text: string, declared: DeclaredInputs): unknown {
  const schema = declared[name]?.schema;
  return schema === undefined ? text : valueOfSchema(name, text, schema);
}

function valueOfSchema(name: string, text: string, schema: ValueSchema): unknown {
  if (isLink(schema)) return linkOf(name, text);
  if (schema.type === 'array') {
    return /^\s*\[/.test(text) ? parseJson(name, text) : [valueOfSchema(name, text, schema.items ?? {})];
  }
  if (isText(schema)) return text;
  return LITERAL.test(text) || /^\s*[{[]/.test(text) ? parseJson(name, text) : text;
}

/** Reads `name=value`. Throws `invalid-argument` for what has no name. */
function parseAssignment(option: string, text: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw usageError(`${option}: expected name=value, found ${JSON.stringify(text)}`);
}

/** The inputs of assignments; one that is named several times is an array. */
export function valuesOfAssignments(
  option: string,
  assignments: readonly string[],
  declared: DeclaredInputs,
): InputValues {
  const values = new Map<string, unknown[]>();
  for (const assignment of assignments) {
    const [name, text] = parseAssignment(option, assignment);
    values.set(name, [...(values.get(name) ?? []), inputValue(name, text, declared)]);
  }
  return Object.fromEntries([...values].map(([name, all]) => [name, all.length === 1 ? all[0] : all.flat()]));
}

function isText({ type, oneOf }: ValueSchema): boolean {
  return type === 'string' || oneOf?.some(isText) === true;
}

function isLink({ oneOf }: ValueSchema): boolean {
  return oneOf?.some((each) => each.required?.includes('href') === true || isLink(each)) === true;
}

/** A scheme of one letter is a drive. */
function linkOf(name: string, text: string): unknown {
  if (/^\s*\{/.test(text)) return parseJson(name, text);
  if (/^[a-z][a-z\d+.-]+:/i.test(text)) return { href: text };
  const path = resolve(text);
  if (existsSync(path)) return { href: pathToFileURL(path).href };
  throw usageError(`input ${name}: expected a URL, or a file that is there, found ${JSON.stringify(text)}`);
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw usageError(`input ${name}: begins like JSON, but is none: ${reason}`);
  }
}
