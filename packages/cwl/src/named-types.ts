import { isObject, shortId } from './cwl-document.ts';
import type { JsonObject, JsonValue } from './json.ts';

const NAMED_KINDS: readonly JsonValue[] = ['record', 'enum', 'array'];

/** The types that a document defines under a name, in a SchemaDefRequirement or where they are used first. */
export class NamedTypes {
  readonly #byName = new Map<string, JsonObject>();
  readonly #byShortName = new Map<string, JsonObject>();

  constructor(document: JsonObject) {
    this.#collect(document);
  }

  /** The type of that name. A reference into another file (`types.yml#colour`) finds its last part, if nothing fits better. */
  find(reference: string): JsonObject | undefined {
    return this.#byName.get(reference) ?? this.#byShortName.get(shortId(reference));
  }

  #collect(value: JsonValue): void {
    if (Array.isArray(value)) for (const item of value) this.#collect(item);
    if (!isObject(value)) return;
    if (typeof value.name === 'string' && NAMED_KINDS.includes(value.type ?? null)) {
      this.#byName.set(value.name, value);
      this.#byShortName.set(shortId(value.name), value);
    }
    for (const item of Object.values(value)) this.#collect(item);
  }
}
