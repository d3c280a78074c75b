import type { ShardedResult } from './execute-search.ts';
import { createExpiringRegistry, type ExpiringRegistry } from './expiring-registry.ts';
import type { SearchSpecification } from './search-specification.ts';

/** A search that is read page by page. */
export interface Scroll {
  readonly specification: SearchSpecification;
  /** The next page; no hits when all were given. */
  next(): Promise<ShardedResult>;
  /** Lets go of what it holds. */
  release(): void;
}

/** The scrolls that are open. */
export type ScrollRegistry = ExpiringRegistry<Scroll>;

const maxOpen = 500;

/** At most 500 are open at once, as in Elasticsearch. */
export function createScrollRegistry(): ScrollRegistry {
  return createExpiringRegistry({
    maxOpen,
    onClose: (scroll: Scroll) => scroll.release(),
    tooMany:
      `Trying to create too many scroll contexts. Must be less than or equal to: [${maxOpen}]. This limit can be set by ` +
      'changing the [search.max_open_scroll_context] setting.',
  });
}
