import type { JsonValue } from './json.ts';

/** A CWL `doc` or `label`: one text, or its lines. Undefined where there is none. */
export function documentation(value: JsonValue | undefined): string | undefined {
  const text = Array.isArray(value) ? value.filter((line) => typeof line === 'string').join('\n') : value;
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined;
}
