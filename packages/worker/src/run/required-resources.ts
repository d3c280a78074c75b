import type { JsonObject, JsonValue } from '@daybook/cwl';

/** What a job needs of the machine while it runs: that of its largest step, since its steps run one after the other. */
export interface RequiredResources {
  readonly cores: number;
  readonly memoryBytes: number;
}

const MEBIBYTE = 2 ** 20;

/**
 * The greatest `coresMin` and `ramMin` in a packed document; nothing where it has none, for then the worker's slots are the measure. What an
 * expression reckons is known only in the run, and does not count.
 */
export function requiredResources(document: JsonObject): RequiredResources {
  let cores = 0;
  let memoryBytes = 0;
  const count = (requirement: JsonObject): void => {
    cores = Math.max(cores, amount(requirement.coresMin ?? requirement.coresMax));
    memoryBytes = Math.max(memoryBytes, amount(requirement.ramMin ?? requirement.ramMax) * MEBIBYTE);
  };
  const visit = (value: JsonValue): void => {
    if (value === null || typeof value !== 'object') {
      return;
    }
    for (const [name, member] of Object.entries(value)) {
      if (name === 'ResourceRequirement' && member !== null && typeof member === 'object') {
        count(member as JsonObject);
      }
      visit(member);
    }
    if ((value as JsonObject).class === 'ResourceRequirement') {
      count(value as JsonObject);
    }
  };
  visit(document);
  return { cores, memoryBytes };
}

function amount(value: JsonValue | undefined): number {
  return typeof value === 'number' ? value : 0;
}
