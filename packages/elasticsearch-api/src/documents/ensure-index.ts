import { isDaybookError } from '@daybook/errors';
import type { Engine, Index } from '@daybook/search-engine';
import { indexNotFound } from '../errors/errors.ts';
import { createIndexWithTemplates } from '../indices/create-index.ts';
import { writableIndex } from '../indices/single-index.ts';

/** The index that a write goes to; it is made, from the templates that match, when neither it nor an alias exists. */
export async function ensureIndex(engine: Engine, name: string, requireAlias: boolean): Promise<Index> {
  const existing = writableIndex(engine, name, requireAlias);
  if (existing !== undefined) return existing;
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
