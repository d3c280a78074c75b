import { DaybookError } from '@daybook/errors';

const MAX_DEPTH = 100;

/**
 * Parses the text of a JSON body. Refuses with `invalid-argument` what is no JSON, what is nested deeper than a recursion can follow, and
 * objects with a member `__proto__`.
 */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DaybookError('invalid-argument', `The body is not JSON: ${reason}`, { cause });
  }
  checkNesting(value);
  return value;
}

function checkNesting(root: unknown): void {
  let level: unknown[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) throw new DaybookError('invalid-argument', `The body is nested deeper than ${MAX_DEPTH}`);
    level = level.flatMap(children);
  }
}

function children(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Object.hasOwn(value, '__proto__')) {
    throw new DaybookError('invalid-argument', 'The body has a member "__proto__", which is not allowed');
  }
  return Object.values(value);
}
