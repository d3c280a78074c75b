import type { BlockedOperation, Engine, Index } from '@daybook/search-engine';
import { aliasRequired, illegalArgument, indexClosed, indexNotFound } from '../errors/errors.ts';
import { isClosed } from './closed-indices.ts';
import { resolveDateMathName } from './date-math-name.ts';
import { refuseBlockedIndices } from './resolve-indices.ts';

/** The one index that a document is read from, by its name or an alias of it alone. */
export function readableIndex(engine: Engine, expression: string, operation: BlockedOperation = 'read'): Index {
  const index = onlyIndex(engine, expression);
  refuseBlockedIndices(operation, [index]);
  return index;
}

function onlyIndex(engine: Engine, expression: string): Index {
  const name = resolveDateMathName(expression);
  const index = engine.index(name);
  if (index !== undefined) return opened(engine, index);
  const aliased = aliasedIndices(engine, name);
  if (aliased.length > 1) {
    const names = aliased.map((candidate) => candidate.name).join(', ');
    throw illegalArgument(
      `alias [${name}] has more than one index associated with it [${names}], can't execute a single index op`,
    );
  }
  if (aliased[0] === undefined) throw indexNotFound(name, 'index_expression');
  return opened(engine, aliased[0]);
}

/** The one index that a document is written to: by name, or the write index of an alias; undefined when there is neither. */
export function writableIndex(engine: Engine, expression: string, requireAlias: boolean): Index | undefined {
  const name = resolveDateMathName(expression);
  const index = engine.index(name);
  if (index !== undefined && !requireAlias) return opened(engine, index);
  const aliased = aliasedIndices(engine, name);
  if (aliased.length === 0) {
    if (requireAlias) throw aliasRequired(name);
    return undefined;
  }
  const chosen = aliased.filter((candidate) => candidate.aliases()[name]?.is_write_index === true);
  const only = aliased.length === 1 && aliased[0]?.aliases()[name]?.is_write_index !== false ? aliased[0] : undefined;
  const target = chosen[0] ?? only;
  if (target !== undefined) return opened(engine, target);
  throw illegalArgument(
    `no write index is defined for alias [${name}]. The write index may be explicitly disabled using is_write_index=false ` +
      'or the alias points to multiple indices without one being designated as a write index',
  );
}

function aliasedIndices(engine: Engine, alias: string): readonly Index[] {
  return engine.indices().filter((index) => Object.hasOwn(index.aliases(), alias));
}

function opened(engine: Engine, index: Index): Index {
  if (isClosed(engine, index.name)) throw indexClosed(index.name, index.uuid);
  return index;
}
