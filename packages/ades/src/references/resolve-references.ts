import type { JsonObject, JsonSchema, JsonValue, ParameterDescription } from '@daybook/cwl';
import { DaybookError, isDaybookError } from '@daybook/errors';
import { isJsonObject } from '@daybook/jobs';

/** Links that one request may have fetched. */
const MAX_REFERENCES = 20;

const LINK_MEMBERS: ReadonlySet<string> = new Set(['href', 'rel', 'type', 'hreflang', 'title']);

/**
 * The inputs with links `{href}` replaced by what they lead to, where the process takes no link itself as it does for a File (OGC API – Processes
 * Part 1, 7.11.2.2: inputs by reference). An input that can be a text gets the text; any other the JSON value that it says. Errors name the input.
 */
export async function resolveReferences(
  inputs: JsonObject,
  described: Readonly<Record<string, ParameterDescription>>,
  fetchText: (href: string) => Promise<string>,
): Promise<JsonObject> {
  let fetched = 0;

  async function resolve(id: string, value: JsonValue, schema: JsonSchema): Promise<JsonValue> {
    if (Array.isArray(value)) {
      const items = isJsonObject(schema.items) ? schema.items : {};
      const resolved: JsonValue[] = [];
      for (const item of value as readonly JsonValue[]) resolved.push(await resolve(id, item, items));
      return resolved;
    }
    if (!isLink(value) || takesLinks(schema)) return value;
    fetched += 1;
    if (fetched > MAX_REFERENCES) {
      throw new DaybookError('invalid-argument', `inputs may have at most ${MAX_REFERENCES} links to values`);
    }
    const text = await fetchText(value.href).catch((error: unknown) => {
      throw isDaybookError(error)
        ? new DaybookError(error.code, `input ${id}: ${error.message}`, { cause: error })
        : error;
    });
    return takesText(schema) ? text : parse(id, value.href, text);
  }

  const resolved: [string, JsonValue][] = [];
  for (const [id, value] of Object.entries(inputs)) {
    const description = Object.hasOwn(described, id) ? described[id] : undefined;
    resolved.push([id, description === undefined ? value : await resolve(id, value, description.schema)]);
  }
  return Object.fromEntries(resolved);
}

function isLink(value: JsonValue): value is JsonObject & { readonly href: string } {
  return (
    isJsonObject(value) && typeof value.href === 'string' && Object.keys(value).every((key) => LINK_MEMBERS.has(key))
  );
}

/** Files, bytes, and what may be any object. */
function takesLinks(schema: JsonSchema): boolean {
  return alternatives(schema).some(({ type, properties, items, contentEncoding }) => {
    if (type === undefined || contentEncoding !== undefined) return true;
    if (type === 'array') return isJsonObject(items) && takesLinks(items);
    return type === 'object' && (!isJsonObject(properties) || Object.hasOwn(properties, 'href'));
  });
}

function takesText(schema: JsonSchema): boolean {
  return alternatives(schema).some(({ type }) => type === 'string');
}

function alternatives(schema: JsonSchema): readonly JsonSchema[] {
  if (Array.isArray(schema.oneOf)) return schema.oneOf.filter(isJsonObject).flatMap(alternatives);
  // Every member holds, so the narrowest says what is taken.
  if (Array.isArray(schema.allOf)) return schema.allOf.filter(isJsonObject).slice(-1).flatMap(alternatives);
  return [schema];
}

function parse(id: string, href: string, text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (cause) {
    throw new DaybookError('invalid-argument', `input ${id}: ${href} is no JSON`, { cause });
  }
}
