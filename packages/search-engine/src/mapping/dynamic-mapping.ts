import { parseDateFormat } from '../dates/date-format.ts';
import type { Notation } from './decimal-numbers.ts';
import type { DetectedType } from './dynamic-template.ts';
import { mappingFromTemplates } from './dynamic-template.ts';
import { javaText } from './java-text.ts';
import type { JsonObject } from './json.ts';
import { isJsonObject } from './json.ts';
import { mappingError } from './mapping-errors.ts';
import type { RootParameters } from './mapping-tree.ts';
import { OBJECT_PARAMETERS } from './object-parameters.ts';

const LONG = /^[+-]?\d{1,19}$/;
const DOUBLE = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[dDfF]?\s*$/;

/** What a value is taken for, and the mapping that it has unless a template says another. */
interface Detected {
  readonly detected: DetectedType;
  readonly json: JsonObject;
}

/** Collects the fields that a document brings, in the form of a mapping. */
export class DynamicMapping {
  readonly #parameters: RootParameters;
  /** How the numbers at a path are written; asked only for whole numbers. */
  readonly #notation: (path: string) => Notation;
  readonly #properties: Record<string, unknown> = Object.create(null);
  #size = 0;
  #hasNew = false;

  constructor(parameters: RootParameters, notation: (path: string) => Notation) {
    this.#parameters = parameters;
    this.#notation = notation;
  }

  /** So many fields at least. */
  get size(): number {
    return this.#size;
  }

  /** Everything so far if anything is new since the last call. */
  take(): JsonObject | undefined {
    if (!this.#hasNew) return undefined;
    this.#hasNew = false;
    return this.toJson();
  }

  /** Everything so far; undefined when nothing was collected. */
  toJson(): JsonObject | undefined {
    return this.#size === 0 ? undefined : { properties: this.#properties };
  }

  /**
   * Adds the field of a new object. Returns whether what is in the object makes fields of its own; not so when a template maps the object to a
   * field type, or does not enable it.
   */
  addObject(names: readonly string[]): boolean {
    const name = names[names.length - 1]!;
    const template = mappingFromTemplates(this.#parameters.dynamicTemplates, {
      name,
      path: names.join('.'),
      detected: 'object',
    });
    const json = template === undefined ? { type: 'object' } : withoutUnknown(template);
    this.#add(names, json);
    return json.type === 'object' && json.enabled !== false && json.enabled !== 'false';
  }

  /** Adds the field of a new scalar that is not null. */
  addScalar(names: readonly string[], value: unknown): void {
    const path = names.join('.');
    if (typeof value === 'number') {
      const notation = Number.isInteger(value) ? this.#notation(path) : 'decimal';
      if (notation !== 'decimal') this.#addDetected(names, { detected: 'long', json: { type: 'long' } });
      if (notation !== 'whole') this.#addDetected(names, { detected: 'double', json: { type: 'float' } });
    } else this.#addDetected(names, this.#detect(value));
  }

  #addDetected(names: readonly string[], { detected, json }: Detected): void {
    const name = names[names.length - 1]!;
    const template = mappingFromTemplates(this.#parameters.dynamicTemplates, { name, path: names.join('.'), detected });
    this.#add(names, template ?? json);
  }

  #detect(value: unknown): Detected {
    if (typeof value === 'boolean') return { detected: 'boolean', json: { type: 'boolean' } };
    const text = javaText(value);
    const isDouble = DOUBLE.test(text);
    if (isDouble && this.#parameters.numericDetection) {
      return LONG.test(text)
        ? { detected: 'long', json: { type: 'long' } }
        : { detected: 'double', json: { type: 'float' } };
    }
    // compat: a plain number is never taken for a date, whatever the formats say.
    if (!isDouble && this.#parameters.dateDetection) {
      for (const format of this.#parameters.dynamicDateFormats) {
        if (parseDateFormat(format).parse(text) === undefined) continue;
        const isDefault = format === 'strict_date_optional_time';
        return { detected: 'date', json: isDefault ? { type: 'date' } : { type: 'date', format } };
      }
    }
    return {
      detected: 'string',
      json: { type: 'text', fields: { keyword: { type: 'keyword', ignore_above: 256 } } },
    };
  }

  #add(names: readonly string[], json: JsonObject): void {
    this.#hasNew = true;
    let properties = this.#properties;
    for (const name of names.slice(0, -1)) {
      const parent = (properties[name] ?? { properties: Object.create(null) }) as Record<string, unknown>;
      properties[name] = parent;
      parent.properties ??= Object.create(null);
      properties = parent.properties as Record<string, unknown>;
    }
    const last = names[names.length - 1]!;
    const existing = properties[last];
    if (!isJsonObject(existing)) {
      properties[last] = { ...json };
      this.#size++;
    } else this.#checkSame(names, existing, json);
  }

  #checkSame(names: readonly string[], existing: JsonObject, json: JsonObject): void {
    const before = existing.type ?? 'object';
    const after = json.type ?? 'object';
    if (before === after) return;
    if (before === 'object' || after === 'object') {
      throw mappingError(
        'illegal_argument_exception',
        `can't merge a non object mapping [${names.join('.')}] with an object mapping`,
      );
    }
    throw mappingError(
      'illegal_argument_exception',
      `mapper [${names.join('.')}] cannot be changed from type [${javaText(before)}] to [${javaText(after)}]`,
    );
  }
}

/** compat: what a template says of an object beyond what objects have is not looked at. */
function withoutUnknown(json: JsonObject): JsonObject {
  if (json.type !== 'object') return json;
  return Object.fromEntries(Object.entries(json).filter(([parameter]) => OBJECT_PARAMETERS.includes(parameter)));
}
