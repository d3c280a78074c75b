import { DaybookError } from '@daybook/errors';
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

/** At most so many are open at once. */
export const maxPointsInTime = 1000;

/** An empty registry. */
export function createPointInTimeRegistry(): PointInTimeRegistry {
  return createExpiringRegistry({
    onClose: (pointInTime: PointInTime) => pointInTime.release(),
    tooMany: (maxOpen) =>
      new DaybookError(
        'limit-exceeded',
        `Trying to open too many points in time. Must be less than or equal to: [${maxOpen}].`,
      ),
  });
}
