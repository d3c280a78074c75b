import type { CwlType, PrimitiveKind } from './cwl-type.ts';
import type { JsonValue } from './json.ts';

const MAX_SHOWN_CHARS = 80;

const WORDS: Readonly<Record<PrimitiveKind, string>> = {
  null: 'nothing',
  boolean: 'true or false',
  int: 'an integer of 32 bits',
  long: 'an integer',
  float: 'a number',
  double: 'a number',
  string: 'a string',
  File: 'a File ({"class": "File", "location" or "path" or "contents"} or {"href"})',
  Directory: 'a Directory ({"class": "Directory", "location" or "path" or "listing"} or {"href"})',
  Any: 'any value but null',
};

/** A type in words that complete "expected …". */
export function expectation(type: CwlType): string {
  switch (type.kind) {
    case 'array':
      return `an array, each item ${expectation(type.items)}`;
    case 'enum':
      return `one of ${type.symbols.map((symbol) => JSON.stringify(symbol)).join(', ')}`;
    case 'record':
      return `an object with ${type.fields.map((field) => field.name).join(', ') || 'no fields'}`;
    case 'union':
      return [...new Set(type.members.filter((member) => member.kind !== 'null').map(expectation))].join(', or ');
    default:
      return WORDS[type.kind];
  }
}

/** A value in words that complete "found …", cut short. */
export function shown(value: JsonValue): string {
  const text = JSON.stringify(value);
  const cut = text.length > MAX_SHOWN_CHARS ? `${text.slice(0, MAX_SHOWN_CHARS)}…` : text;
  return typeof value === 'string' ? `the string ${cut}` : cut;
}
