import type { JsonObject, JsonValue } from '@daybook/cwl';

/** One input of a WPS-T execute body. */
export interface WpsTInput {
  readonly id: string;
  readonly data: unknown;
}

/** The map of inputs that a WPS-T body means: several entries with one id make an array, values stay as they were sent. */
export function inputsFromWpsT(inputs: readonly WpsTInput[] | Readonly<Record<string, unknown>>): JsonObject {
  if (!isEntries(inputs)) return inputs as JsonObject;
  const valuesOf = new Map<string, JsonValue[]>();
  for (const { id, data } of inputs) {
    const values = valuesOf.get(id);
    if (values === undefined) valuesOf.set(id, [data as JsonValue]);
    else values.push(data as JsonValue);
  }
  return Object.fromEntries([...valuesOf].map(([id, values]) => [id, values.length === 1 ? values[0]! : values]));
}

function isEntries(inputs: readonly WpsTInput[] | Readonly<Record<string, unknown>>): inputs is readonly WpsTInput[] {
  return Array.isArray(inputs);
}
