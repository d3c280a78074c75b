import { createExpiringRegistry, type ExpiringRegistry } from './expiring-registry.ts';
import type { SearchTarget } from './search-targets.ts';

/** The indices that its expression named, as they were when it was opened. */
interface PointInTime {
  readonly targets: readonly SearchTarget[];
  /** Lets go of them. */
  release(): void;
}

/** The points in time that are open. */
export type PointInTimeRegistry = ExpiringRegistry<PointInTime>;

const maxOpen = 1000;

/** At most a thousand are open at once. */
export function createPointInTimeRegistry(): PointInTimeRegistry {
  return createExpiringRegistry({
    maxOpen,
    onClose: (pointInTime: PointInTime) => pointInTime.release(),
    tooMany: `Trying to open too many points in time. Must be less than or equal to: [${maxOpen}].`,
  });
}
