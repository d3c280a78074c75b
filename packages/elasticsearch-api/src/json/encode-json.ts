import { DaybookError } from '@daybook/errors';
import type { JsonTree } from './json.ts';
import { RawJson } from './raw-json.ts';

const maxAnswerChars = 256 * 1024 * 1024;

/** Writes compact JSON. An answer over 256 Mi characters is `limit-exceeded`. */
export function encodeJson(tree: JsonTree): string {
  const parts: string[] = [];
  let chars = 0;
  const push = (text: string): void => {
    chars += text.length;
    if (chars > maxAnswerChars) {
      throw new DaybookError('limit-exceeded', `The answer is larger than [${maxAnswerChars}] characters`, {
        detail: { reason: 'circuit_breaking_exception' },
      });
    }
    parts.push(text);
  };
  const write = (value: JsonTree): void => {
    if (value === null || value === undefined || typeof value !== 'object') {
      push(JSON.stringify(value ?? null));
    } else if (value instanceof RawJson) {
      push(value.text());
    } else if (isArray(value)) {
      push('[');
      value.forEach((element, position) => {
        if (position > 0) push(',');
        write(element);
      });
      push(']');
    } else {
      let separator = '{';
      for (const [name, member] of Object.entries(value)) {
        if (member === undefined) continue;
        push(`${separator}${JSON.stringify(name)}:`);
        separator = ',';
        write(member);
      }
      push(separator === '{' ? '{}' : '}');
    }
  };
  write(tree);
  return parts.join('');
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
