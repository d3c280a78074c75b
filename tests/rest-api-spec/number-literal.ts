/**
 * A number as its document wrote it, where a JavaScript number would be written differently: `1.0`, which a database maps
 * to a float, or an integer past 2^53.
 */
export class NumberLiteral {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/** Keeps the text of a number only where it says more than its value. */
export function numberOf(source: string, value: number | bigint): number | NumberLiteral {
  return String(Number(value)) === source ? Number(value) : new NumberLiteral(source);
}

/** JSON of a value of a test file. */
export function encodeBody(value: unknown): string {
  if (value instanceof NumberLiteral) return value.text;
  if (Array.isArray(value)) return `[${value.map(encodeBody).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([name, member]) => `${JSON.stringify(name)}:${encodeBody(member)}`)
      .join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}
