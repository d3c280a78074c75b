import { mapperParsingError } from './mapping-errors.ts';
import type { ObjectNode } from './mapping-tree.ts';

/** Fields that documents have beside their source. */
export const METADATA_FIELDS: ReadonlySet<string> = new Set([
  '_id',
  '_type',
  '_index',
  '_source',
  '_routing',
  '_version',
  '_seq_no',
  '_ignored',
  '_field_names',
]);

/** Refuses fields of a mapping that are called as those are. */
export function refuseMetadataFields({ properties }: ObjectNode): void {
  for (const [name, { kind }] of properties) {
    if (!METADATA_FIELDS.has(name)) continue;
    const how = kind === 'object' ? 'both as an object and a field' : 'more than once';
    throw mapperParsingError(`Field [${name}] is defined ${how}`);
  }
}
