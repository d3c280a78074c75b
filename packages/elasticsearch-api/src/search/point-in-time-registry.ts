import { createExpiringRegistry, type ExpiringRegistry } from './expiring-registry.ts';

/** What a point in time remembers: the indices that its expression named when it was opened. */
interface PointInTime {
  readonly indexNames: readonly string[];
}

/** The points in time that are open. */
export type PointInTimeRegistry = ExpiringRegistry<PointInTime>;

const maxOpen = 1000;

/** At most a thousand are open at once. */
export function createPointInTimeRegistry(): PointInTimeRegistry {
  return createExpiringRegistry({
    maxOpen,
    tooMany: `Trying to open too many points in time. Must be less than or equal to: [${maxOpen}].`,
  });
}
