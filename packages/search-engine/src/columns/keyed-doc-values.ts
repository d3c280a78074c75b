import { Dictionary } from '../dictionary/dictionary.ts';
import type { OrdinalChunk, OrdinalDocValues } from './doc-values.ts';
import type { KeywordColumn } from './keyword-column.ts';

/**
 * The values of one key of a flattened object, whose keys all share one column: its terms start with `prefix`, which is not in the terms
 * of the result. Reads the dictionary at once and each chunk when it is asked for.
 */
export function keyedDocValues(column: KeywordColumn, prefix: string): OrdinalDocValues {
  const wanted = Buffer.from(prefix);
  const dictionary = new Dictionary();
  const docCounts = [0];
  const ownOrdinals = new Uint32Array(column.dictionary.size + 1);
  for (let ordinal = 1; ordinal < ownOrdinals.length; ordinal++) {
    const { block, start, end } = column.dictionary.locate(ordinal);
    if (end - start < wanted.length || block.compare(wanted, 0, wanted.length, start, start + wanted.length) !== 0)
      continue;
    ownOrdinals[ordinal] = dictionary.add(block.toString('utf8', start + wanted.length, end));
    docCounts.push(column.docCount(ordinal));
  }
  return {
    type: 'ordinal',
    dictionary,
    docCount: (ordinal) => docCounts[ordinal] ?? 0,
    chunk(index) {
      const all = column.chunk(index);
      return all === undefined ? undefined : ownChunk(all, ownOrdinals);
    },
  };
}

function ownChunk(all: OrdinalChunk, ownOrdinals: Uint32Array): OrdinalChunk {
  if (all.single) return { single: true, ordinals: Uint32Array.from(all.ordinals, (ordinal) => ownOrdinals[ordinal]!) };
  const starts = new Uint32Array(all.starts.length);
  const counts = new Uint32Array(all.starts.length);
  const ordinals = new Uint32Array(all.ordinals.length);
  let used = 0;
  for (let offset = 0; offset < starts.length; offset++) {
    starts[offset] = used;
    const end = all.starts[offset]! + all.counts[offset]!;
    for (let i = all.starts[offset]!; i < end; i++) {
      const own = ownOrdinals[all.ordinals[i]!]!;
      if (own !== 0) ordinals[used++] = own;
    }
    counts[offset] = used - starts[offset]!;
  }
  return { single: false, starts, counts, ordinals };
}
