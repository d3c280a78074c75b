import { abortable } from '../retry.ts';
import type { RequiredResources } from './required-resources.ts';

/** Lets jobs run at once as long as the machine has room for all of them. */
export interface Admission {
  /**
   * Resolves when there is room, in the order of the calls, with the function that gives the room back. A job that needs more than the machine has
   * gets all of it. Rejects with the signal's reason.
   */
  enter(required: RequiredResources, signal: AbortSignal): Promise<() => void>;
}

interface Waiting {
  readonly share: RequiredResources;
  readonly admit: () => void;
}

/** Admission to a machine with `capacity`. */
export function createAdmission(capacity: RequiredResources): Admission {
  let free = capacity;
  const queue: Waiting[] = [];

  const change = ({ cores, memoryBytes }: RequiredResources, sign: 1 | -1): void => {
    free = { cores: free.cores + sign * cores, memoryBytes: free.memoryBytes + sign * memoryBytes };
  };
  const admitNext = (): void => {
    for (let next = queue[0]; next !== undefined && fits(next.share, free); next = queue[0]) {
      queue.shift();
      change(next.share, -1);
      next.admit();
    }
  };

  return {
    async enter({ cores, memoryBytes }, signal) {
      const share = {
        cores: Math.min(cores, capacity.cores),
        memoryBytes: Math.min(memoryBytes, capacity.memoryBytes),
      };
      let isIn = false;
      const leave = (): void => {
        if (isIn) {
          isIn = false;
          change(share, 1);
          admitNext();
        }
      };
      const admitted = new Promise<void>((resolve) => {
        const admit = (): void => {
          isIn = true;
          resolve();
        };
        queue.push({ share, admit });
      });
      admitNext();
      try {
        await abortable(admitted, signal);
        return leave;
      } catch (error) {
        leave();
        const at = queue.findIndex((waiting) => waiting.share === share);
        if (at >= 0) {
          queue.splice(at, 1);
          admitNext();
        }
        throw error;
      }
    },
  };
}

function fits(share: RequiredResources, free: RequiredResources): boolean {
  return share.cores <= free.cores && share.memoryBytes <= free.memoryBytes;
}
