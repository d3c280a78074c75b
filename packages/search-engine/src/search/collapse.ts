import { DaybookError } from '@daybook/errors';
import { CHUNK_MASK, CHUNK_SHIFT } from '../columns/doc-set.ts';
import type { DocReader } from '../columns/doc-values.ts';
import type { Mapping } from '../mapping/mapping.ts';
import type { Steps } from '../steps/steps.ts';

/** What the hits of a group have in common; null for those without a value. */
export type CollapseValue = string | number | null;

const NOT_COLLAPSIBLE: ReadonlySet<string> = new Set(['boolean', 'date', 'date_nanos', 'ip', 'text']);
const FIRST_FACTOR = 4;

/** Tells the group of a document. Throws `invalid-argument` for a field that is no keyword or number, and for a document with several values. */
export function collapseValues(mapping: Mapping, reader: DocReader, path: string): (doc: number) => CollapseValue {
  const field = mapping.field(path);
  if (field === undefined) throw refused(`no mapping found for \`${path}\` in order to collapse on`);
  if (NOT_COLLAPSIBLE.has(field.type)) {
    throw refused(`unknown type for collapse field \`${path}\`, only keywords and numbers are accepted`);
  }
  if (!field.docValues) throw refused(`cannot collapse on field \`${path}\` without \`doc_values\``);
  const docValues = reader.docValues(path);
  return (doc) => {
    const chunk = docValues?.chunk(doc >>> CHUNK_SHIFT);
    if (docValues === undefined || chunk === undefined) return null;
    const offset = doc & CHUNK_MASK;
    const count = chunk.single ? 1 : chunk.counts[offset]!;
    if (count === 0) return null;
    if (count > 1) throw severalValues(doc);
    const at = chunk.single ? offset : chunk.starts[offset]!;
    const value = ('ordinals' in chunk ? chunk.ordinals : chunk.values)[at]!;
    if (docValues.type === 'ordinal') return value === 0 ? null : docValues.dictionary.term(value);
    return Number.isNaN(value) ? null : value;
  };
}

/** The first document of each of the first `wanted` groups. `top` gives so many first documents of the order; it is asked for more until there are enough groups. */
export function* firstOfGroups(
  top: (capacity: number) => Steps<readonly number[]>,
  wanted: number,
  groupOf: (doc: number) => CollapseValue,
): Steps<readonly number[]> {
  for (let capacity = wanted * FIRST_FACTOR; ; capacity *= FIRST_FACTOR) {
    const docs = yield* top(capacity);
    const firsts = new Map<CollapseValue, number>();
    for (const doc of docs) {
      const group = groupOf(doc);
      if (!firsts.has(group)) firsts.set(group, doc);
    }
    if (firsts.size >= wanted || docs.length < capacity) return [...firsts.values()].slice(0, wanted);
  }
}

/** compat: which is no fault of the request there. */
function severalValues(doc: number): DaybookError {
  return new DaybookError('invalid-argument', `failed to collapse ${doc}, the collapse field must be single valued`, {
    detail: { reason: 'illegal_state_exception', status: 500 },
  });
}

function refused(message: string): DaybookError {
  return new DaybookError('invalid-argument', message, { detail: { reason: 'illegal_argument_exception' } });
}
