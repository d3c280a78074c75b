import { DaybookError } from '@daybook/errors';
import { javaText } from '../mapping/java-text.ts';
import type { JsonObject } from '../mapping/json.ts';
import { FlagError, javaFlags, javaPattern, PatternError } from './java-pattern.ts';

/** A mistake in the analysis settings of an index. */
export function settingError(message: string): DaybookError {
  return new DaybookError('invalid-argument', message, { detail: { reason: 'illegal_argument_exception' } });
}

/** Settings of one analyzer, tokenizer or filter; every value may also be a string. */
export class ComponentSettings {
  readonly name: string;
  /** They were taken before, maybe by an earlier version that refused less. */
  readonly wasAccepted: boolean;
  readonly #json: JsonObject;

  constructor(name: string, json: JsonObject, wasAccepted: boolean) {
    this.name = name;
    this.wasAccepted = wasAccepted;
    this.#json = json;
  }

  string(key: string): string | undefined {
    const value = this.#json[key];
    return value === undefined || value === null ? undefined : javaText(value);
  }

  boolean(key: string, byDefault: boolean): boolean {
    const value = this.string(key);
    if (value === undefined) return byDefault;
    if (value === 'true' || value === 'false') return value === 'true';
    throw settingError(
      `Failed to parse value [${value}] of [${key}] in [${this.name}] as only [true] or [false] are allowed.`,
    );
  }

  integer(key: string, byDefault: number): number {
    const value = this.string(key);
    if (value === undefined) return byDefault;
    if (/^\d{1,6}$/.test(value)) return Number(value);
    throw settingError(`[${key}] in [${this.name}] must be an integer from 0 to 999999, got [${value}]`);
  }

  character(key: string, byDefault: string): string {
    const value = this.string(key) ?? byDefault;
    if (value.length === 1) return value;
    throw settingError(`${key} must be a one char value`);
  }

  /** A list, one string, or strings separated by commas. */
  strings(key: string): readonly string[] | undefined {
    const value = this.#json[key];
    if (value === undefined || value === null) return undefined;
    if (Array.isArray(value)) return value.map(javaText);
    return javaText(value)
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
  }

  /** A global pattern of Java, as far as JavaScript has the same. */
  pattern(key: string, byDefault: string): RegExp {
    const source = this.string(key) ?? byDefault;
    try {
      return javaPattern(source, javaFlags(this.string('flags') ?? ''));
    } catch (error) {
      if (this.wasAccepted) return new RegExp(source, 'gu');
      if (error instanceof FlagError) throw settingError(error.message);
      const why = error instanceof PatternError ? `: ${error.message}` : '';
      throw settingError(`[${key}] in [${this.name}] is no valid pattern: [${source}]${why}`);
    }
  }
}
