import { DaybookError } from '@daybook/errors';
import type { JsonTree } from './json.ts';
import { RawJson } from './raw-json.ts';

const maxAnswerChars = 256 * 1024 * 1024;

/** Writes compact JSON. An answer over 256 Mi characters is `limit-exceeded`. */
export function encodeJson(tree: JsonTree): string {
  const { json, spliced } = RawJson.collect(() => stringify(tree));
  if (spliced.length === 0) return json;
  const pieces = json.split(RawJson.placeholder);
  let text = pieces[0]!;
  for (const [position, raw] of spliced.entries()) {
    text += raw.text();
    checkLength(text);
    text += pieces[position + 1]!;
  }
  return text;
}

/** The engine's own writer: several times as fast as any loop over the tree. */
function stringify(tree: JsonTree): string {
  let json: string;
  try {
    json = JSON.stringify(tree ?? null);
  } catch (error) {
    // Longer than a string can be.
    if (error instanceof RangeError) throw tooLarge();
    throw error;
  }
  checkLength(json);
  return json;
}

function checkLength(text: string): void {
  if (text.length > maxAnswerChars) throw tooLarge();
}

function tooLarge(): DaybookError {
  return new DaybookError('limit-exceeded', `The answer is larger than [${maxAnswerChars}] characters`, {
    detail: { reason: 'circuit_breaking_exception' },
  });
}

/** Writes JSON as `?pretty` does: two spaces, and ` : ` between name and value. */
export function encodePrettyJson(tree: JsonTree): string {
  const write = (value: JsonTree, indent: string): string => {
    if (value === null || value === undefined || typeof value !== 'object') return JSON.stringify(value ?? null);
    if (value instanceof RawJson) return write(value.parse() as JsonTree, indent);
    const inner = `${indent}  `;
    const array = isArray(value);
    const members = array
      ? value.map((element) => write(element, inner))
      : Object.entries(value)
          .filter(([, member]) => member !== undefined)
          .map(([name, member]) => `${JSON.stringify(name)} : ${write(member, inner)}`);
    const [open, close] = array ? ['[', ']'] : ['{', '}'];
    if (members.length === 0) return array ? '[ ]' : '{ }';
    return `${open}\n${inner}${members.join(`,\n${inner}`)}\n${indent}${close}`;
  };
  return `${write(tree, '')}\n`;
}

function isArray(value: JsonTree): value is readonly JsonTree[] {
  return Array.isArray(value);
}
