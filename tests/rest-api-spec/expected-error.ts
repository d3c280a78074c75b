import { expressionOf } from './assertions.ts';

const statuses: Readonly<Record<string, (status: number) => boolean>> = {
  bad_request: (status) => status === 400,
  unauthorized: (status) => status === 401,
  forbidden: (status) => status === 403,
  missing: (status) => status === 404,
  request_timeout: (status) => status === 408,
  conflict: (status) => status === 409,
  unavailable: (status) => status === 503,
  request: (status) => status >= 400 && ![400, 401, 403, 404, 408, 409].includes(status),
};

/** Holds a refused call against what `catch` says: the name of a status, or an expression found in the error. */
export function assertExpectedError(expected: string, status: number, answer: unknown): void {
  const fits = expected.startsWith('/')
    ? status >= 400 && expressionOf(expected).test(javaText((answer as { error?: unknown } | null)?.error))
    : (statuses[expected]?.(status) ?? false);
  if (!fits) throw new Error(`catch ${expected}: answered ${status} ${JSON.stringify(answer)?.slice(0, 2000)}`);
}

/** An error as Java prints a map, which the suite's expressions are written for. */
function javaText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(javaText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{${Object.entries(value)
    .map(([name, member]) => `${name}=${javaText(member)}`)
    .join(', ')}}`;
}
