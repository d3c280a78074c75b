import type { Engine, Index } from '@daybook/search-engine';
import { illegalArgument } from '../errors/errors.ts';
import { refuseBlockedIndices } from '../indices/resolve-indices.ts';
import { settingOf } from '../indices/settings.ts';
import { templateFor } from '../templates/template-for.ts';

/** The index that an alias writes to, and how the alias is to be given to the next one. */
export interface RolloverTarget {
  readonly index: Index;
  /** Whether the alias stays with the index, as one that is no longer written. */
  readonly staysAlias: boolean;
}

/** What is to be rolled over: an alias of one index, or one of several that names which of them is written; none may be blocked. */
export function rolloverTarget(engine: Engine, alias: string): RolloverTarget {
  if (engine.index(alias) !== undefined) {
    throw illegalArgument('rollover target is a [concrete index] but one of [alias,data_stream] was expected');
  }
  const indices = engine.indices().filter((index) => Object.hasOwn(index.aliases(), alias));
  refuseBlockedIndices('metadata_write', indices);
  if (indices.length === 0) throw illegalArgument(`rollover target [${alias}] does not exist`);
  const written = indices.find((index) => index.aliases()[alias]?.is_write_index === true);
  if (written !== undefined) return { index: written, staysAlias: true };
  const [only, another] = indices;
  if (only === undefined || another !== undefined || only.aliases()[alias]?.is_write_index === false) {
    throw illegalArgument(`rollover target [${alias}] does not point to a write index`);
  }
  return { index: only, staysAlias: false };
}

/** The name of the next index, or the expression for it: that of this one with its last number, of six digits or more, increased. */
export function nextIndexName(index: Index): string {
  const expression = String(settingOf(index, 'provided_name') ?? index.name);
  const [, stem, counter, end = ''] = /^(.*)-(\d+)(>?)$/.exec(expression) ?? [];
  if (stem === undefined || counter === undefined) {
    throw illegalArgument(`index name [${index.name}] does not match pattern '^.*-\\d+$'`);
  }
  return `${stem}-${String(BigInt(counter) + 1n).padStart(6, '0')}${end}`;
}

/** Refuses an alias that a template would give to the next index at once. */
export function checkTemplateAliases(engine: Engine, newIndex: string, alias: string): void {
  if (!Object.hasOwn(templateFor(engine, newIndex).aliases, alias)) return;
  throw illegalArgument(
    `Rollover alias [${alias}] can point to multiple indices, found duplicated alias [[${alias}]] in an index template`,
  );
}
