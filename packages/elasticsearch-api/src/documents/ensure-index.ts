import { isDaybookError } from '@daybook/errors';
import type { Engine, Index } from '@daybook/search-engine';
import type { AutoCreateIndex } from '../cluster/settings/auto-create-index.ts';
import { indexNotFound } from '../errors/errors.ts';
import { createIndexWithTemplates } from '../indices/create-index.ts';
import { resolveDateMathName } from '../indices/date-math-name.ts';
import { writableIndex } from '../indices/single-index.ts';

/** Whether an index may be made. */
export interface EnsureOptions {
  readonly autoCreateIndex: AutoCreateIndex;
  /** Whether the setting is named by the refusal. */
  readonly isTold: boolean;
  readonly requireAlias: boolean;
}

/** The index that a write goes to; it is made, from the templates that match, when neither it nor an alias exists. */
export async function ensureIndex(
  engine: Engine,
  name: string,
  { autoCreateIndex, isTold, requireAlias }: EnsureOptions,
): Promise<Index> {
  const existing = writableIndex(engine, name, requireAlias);
  if (existing !== undefined) return existing;
  autoCreateIndex.check(resolveDateMathName(name), isTold);
  try {
    await createIndexWithTemplates(engine, name, {});
  } catch (error) {
    // Two writes may find it missing at once: the second finds it made.
    if (!isDaybookError(error, 'already-exists')) throw error;
  }
  const created = writableIndex(engine, name, false);
  if (created === undefined) throw indexNotFound(name);
  return created;
}

/** The index of a delete, which makes none. */
export function existingIndex(engine: Engine, name: string): Index {
  const index = writableIndex(engine, name, false);
  if (index === undefined) throw indexNotFound(name, 'index_expression');
  return index;
}
