import { DaybookError } from '@daybook/errors';
import type { Suspended } from './as-task.ts';
import { createExpiringRegistry, type ExpiringRegistry } from './expiring-registry.ts';
import type { SearchSpecification } from './search-specification.ts';
import type { ShardedResult } from './sharded-result.ts';

/** A search that is read page by page. */
export interface Scroll {
  readonly specification: SearchSpecification;
  /** The next page; no hits when all were given. */
  next(suspended: Suspended): Promise<ShardedResult>;
  /** Lets go of what it holds. */
  release(): void;
}

/** The scrolls that are open. */
export type ScrollRegistry = ExpiringRegistry<Scroll>;

/** So many may users hold, however many are allowed: each holds a moment of its indices. */
export const scrollsBound = 5_000;

/** An empty registry; how many may be open is said by who opens one. */
export function createScrollRegistry(): ScrollRegistry {
  return createExpiringRegistry({ onClose: (scroll: Scroll) => scroll.release(), tooMany: tooManyScrolls });
}

/** Refuses one more than may be open. */
export function tooManyScrolls(maxOpen: number): DaybookError {
  if (maxOpen === scrollsBound) {
    return new DaybookError('limit-exceeded', `[scroll] Data too large, the limit is [${scrollsBound}] open scrolls`);
  }
  const message =
    `Trying to create too many scroll contexts. Must be less than or equal to: [${maxOpen}]. This limit can be set by ` +
    'changing the [search.max_open_scroll_context] setting.';
  return new DaybookError('limit-exceeded', message, { detail: { reason: 'exception', status: 500 } });
}
