import { DaybookError } from '@daybook/errors';
import { indexNotFound } from '../../errors/errors.ts';
import { matchesPattern } from '../../wildcards/wildcard.ts';
import type { SettingValue } from './flatten-settings.ts';

/** `action.auto_create_index`: which indices a write makes where they are missing. */
export class AutoCreateIndex {
  readonly #text: string;
  readonly #patterns: readonly string[];

  constructor(value: SettingValue) {
    const patterns = typeof value === 'string' ? value.split(',') : value;
    this.#text = typeof value === 'string' ? value : value.join(', ');
    this.#patterns = patterns.map((pattern) => pattern.trim()).filter((pattern) => pattern !== '');
  }

  /**
   * Refuses to make an index as `not-found`. The first pattern that matches decides; none at all allow everything.
   * @param isTold whether the message of an index that nothing may make names the setting
   */
  check(name: string, isTold: boolean): void {
    if (this.#text === 'true' || this.#patterns.length === 0) return;
    // compat: only updates and reindexes say why; other writes find the index missing.
    if (this.#text === 'false') throw isTold ? forbidden(name, 'is [false]') : indexNotFound(name, 'index_expression');
    for (const pattern of this.#patterns) {
      if (!matchesPattern(pattern.replace(/^[+-]/, ''), name)) continue;
      if (!pattern.startsWith('-')) return;
      throw forbidden(name, `contains [${pattern}] which forbids automatic creation of the index`);
    }
    throw forbidden(name, `([${this.#text}]) doesn't match`);
  }
}

function forbidden(name: string, why: string): DaybookError {
  return new DaybookError('not-found', `no such index [${name}] and [action.auto_create_index] ${why}`, {
    detail: { reason: 'index_not_found_exception', properties: { index_uuid: '_na_', index: name } },
  });
}
