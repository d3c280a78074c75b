import { DaybookError } from '@daybook/errors';
import { CHUNK_DOCS } from '../columns/chunk-docs.ts';
import { CHUNK_MASK, CHUNK_SHIFT, type DocSet, visitInChunks } from '../columns/doc-set.ts';
import type { DocReader } from '../columns/doc-values.ts';
import { FRACTIONAL_TYPES } from '../mapping/fractional-types.ts';
import type { Mapping } from '../mapping/mapping.ts';
import type { DocOrder } from '../sort/doc-order.ts';
import { sortInSteps } from '../steps/sort-in-steps.ts';
import type { Steps } from '../steps/steps.ts';

/** What the hits of a group have in common; null for those without a value. */
export type CollapseValue = string | number | null;

const NOT_COLLAPSIBLE: ReadonlySet<string> = new Set([
  '_routing',
  'boolean',
  'date',
  'date_nanos',
  'ip',
  'scaled_float',
  'text',
]);
const FIRST_FACTOR = 4;

/** The groups of one index's documents. Both throw `invalid-argument` for a document with several values. */
export interface DocGroups {
  /** A number that all documents of a group have and no others; NaN for those without a value. */
  number(doc: number): number;
  value(doc: number): CollapseValue;
  /** Whether its values are doubles or floats. */
  readonly isDouble: boolean;
}

/** Groups documents by the values of a field. Throws `invalid-argument` for one that is no keyword or number. */
export function groupsOf(mapping: Mapping, reader: DocReader, path: string): DocGroups {
  const field = mapping.field(path);
  if (field === undefined) throw refused(`no mapping found for \`${path}\` in order to collapse on`);
  if (NOT_COLLAPSIBLE.has(field.type) || field.range !== undefined) {
    throw refused(`unknown type for collapse field \`${path}\`, only keywords and numbers are accepted`);
  }
  if (!field.docValues) throw refused(`cannot collapse on field \`${path}\` without \`doc_values\``);
  const docValues = reader.docValues(path);
  const number = (doc: number): number => {
    const chunk = docValues?.chunk(doc >>> CHUNK_SHIFT);
    if (chunk === undefined || 'words' in chunk) return Number.NaN;
    const offset = doc & CHUNK_MASK;
    const count = chunk.single ? 1 : chunk.counts[offset]!;
    if (count === 0) return Number.NaN;
    if (count > 1) throw severalValues(doc);
    const at = chunk.single ? offset : chunk.starts[offset]!;
    if (!('ordinals' in chunk)) return chunk.values[at]!;
    return chunk.ordinals[at] === 0 ? Number.NaN : chunk.ordinals[at]!;
  };
  const value = (doc: number): CollapseValue => {
    const group = number(doc);
    if (Number.isNaN(group)) return null;
    return docValues?.type === 'ordinal' ? docValues.dictionary.term(group) : group;
  };
  return { number, value, isDouble: FRACTIONAL_TYPES.has(field.type) };
}

/**
 * The first document of each of the first `wanted` groups of `hits`, in the given order. They mostly are among some times as many of the first
 * documents, which `top` gives; where the groups are too large for that, every hit is looked at.
 */
export function* firstOfGroups(
  top: (capacity: number) => Steps<readonly number[]>,
  wanted: number,
  groups: DocGroups,
  hits: DocSet,
  order: DocOrder,
): Steps<readonly number[]> {
  const docs = yield* top(wanted * FIRST_FACTOR);
  const firsts = new Map<number, number>();
  for (const doc of docs) {
    const group = groups.number(doc);
    if (!firsts.has(group)) firsts.set(group, doc);
  }
  if (firsts.size >= wanted || docs.length < wanted * FIRST_FACTOR) return [...firsts.values()].slice(0, wanted);
  const all = new FirstsByGroup(groups, order);
  yield* visitInChunks(hits, (chunk, offsets, count) => all.consider(chunk, offsets, count));
  return (yield* all.sorted()).slice(0, wanted);
}

interface First {
  doc: number;
  /** By the first sort source. */
  key: number;
}

/** The first document of every group. */
class FirstsByGroup {
  readonly #groups: DocGroups;
  readonly #order: DocOrder;
  readonly #firsts = new Map<number, First>();

  constructor(groups: DocGroups, order: DocOrder) {
    this.#groups = groups;
    this.#order = order;
  }

  consider(chunk: number, offsets: Uint16Array, count: number): void {
    const source = this.#order.sources[0]!;
    for (let i = 0; i < count; i++) {
      const doc = chunk * CHUNK_DOCS + offsets[i]!;
      const group = this.#groups.number(doc);
      const first = this.#firsts.get(group);
      const key = source.key(doc);
      if (first !== undefined && this.#order.compare(doc, key, first.doc, first.key) > 0) continue;
      if (!this.#order.isShown(doc)) continue;
      if (first === undefined) this.#firsts.set(group, { doc, key });
      else {
        first.doc = doc;
        first.key = key;
      }
    }
  }

  *sorted(): Steps<readonly number[]> {
    const sorted = yield* sortInSteps(this.#firsts.values(), (a, b) => this.#order.compare(a.doc, a.key, b.doc, b.key));
    return sorted.map(({ doc }) => doc);
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
