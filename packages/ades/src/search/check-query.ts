import { DaybookError } from '@daybook/errors';
import { isJsonObject } from '@daybook/jobs';

/** Members that run code, read other indices or hide a query, in whichever place of a search they stand. */
const REFUSED: ReadonlySet<string> = new Set([
  'script',
  'scripts',
  'script_score',
  'script_fields',
  'scripted_metric',
  'bucket_script',
  'bucket_selector',
  '_script',
  'runtime_mappings',
  'wrapper',
  'percolate',
  'indexed_shape',
  'pit',
  'scroll',
]);
const INDEX_MEMBERS = ['index', '_index'] as const;
const DOCUMENT_MEMBERS = ['id', '_id', 'doc', 'path'] as const;

/**
 * Throws `invalid-argument` for a query, or another part of a search, that is not about the index `jobs` alone: that takes terms, shapes or documents from another
 * one, or runs scripts. `place` names the part in the message.
 */
export function checkQuery(part: unknown, place: string): void {
  if (Array.isArray(part)) {
    part.forEach((item, index) => {
      checkQuery(item, `${place}[${index}]`);
    });
  }
  if (!isJsonObject(part)) return;
  const has = (name: string): boolean => Object.hasOwn(part, name);
  if (INDEX_MEMBERS.some(has) && DOCUMENT_MEMBERS.some(has)) {
    throw new DaybookError('invalid-argument', `${place} looks into another index, which is not allowed here`);
  }
  for (const [name, member] of Object.entries(part)) {
    if (REFUSED.has(name)) throw new DaybookError('invalid-argument', `${place}.${name} is not allowed here`);
    checkQuery(member, `${place}.${name}`);
  }
}
