import { CHUNK_DOCS } from '../../columns/chunk-docs.ts';
import type { KeywordColumn } from '../../columns/keyword-column.ts';
import type { NumericColumn } from '../../columns/numeric-column.ts';
import { borrowOffsets, returnOffsets } from '../../columns/offset-buffers.ts';
import type { Clause, FilteredFunction } from './clause.ts';
import { IntervalPieces, type PieceRange, SEVERAL } from './interval-pieces.ts';
import { retain, toPlaces } from './narrow.ts';
import { NumericRangeClause } from './numeric-range-clause.ts';
import { TermClause } from './term-clause.ts';

type VisitFunctions = (place: number, doc: number, functions: readonly FilteredFunction[]) => void;

/** Functions that are asked together which of them are for a document. */
export interface FunctionGroup {
  /** Calls `visit` for each of the first `count` documents of a chunk, in their order, for which there are functions, with these in their order. */
  visit(chunk: number, offsets: Uint16Array, count: number, visit: VisitFunctions): void;
}

/** Fewer functions with filters of one column are asked one by one. */
const LEAST_TOGETHER = 4;

/** The functions in groups: those with terms or ranges of one column as filters are brought together, unless all have to stay in their order. */
export function groupFunctions(functions: readonly FilteredFunction[], areInOrder: boolean): readonly FunctionGroup[] {
  const runs: FilteredFunction[][] = [];
  const open = new Map<object, FilteredFunction[]>();
  for (const each of functions) {
    const column = columnOf(each.filter);
    const run = column === undefined ? undefined : open.get(column);
    if (run !== undefined) {
      run.push(each);
      continue;
    }
    if (areInOrder) open.clear();
    const started = [each];
    runs.push(started);
    if (column !== undefined) open.set(column, started);
  }
  return runs.flatMap((run) =>
    run.length < LEAST_TOGETHER ? run.map((each) => new SingleFunction(each)) : [groupOf(run)],
  );
}

function columnOf(filter: Clause | undefined): object | undefined {
  return filter instanceof NumericRangeClause || filter instanceof TermClause ? filter.column : undefined;
}

/** Functions whose filters are of one column. */
function groupOf(functions: readonly FilteredFunction[]): FunctionGroup {
  const filter = functions[0]?.filter;
  return filter instanceof TermClause
    ? new TermFunctions(filter.column, functions)
    : new IntervalFunctions((filter as NumericRangeClause).column, functions);
}

class SingleFunction implements FunctionGroup {
  readonly #functions: readonly [FilteredFunction];

  constructor(each: FilteredFunction) {
    this.#functions = [each];
  }

  visit(chunk: number, offsets: Uint16Array, count: number, visit: VisitFunctions): void {
    const [{ filter }] = this.#functions;
    const matching = borrowOffsets();
    matching.set(offsets.subarray(0, count));
    const found = filter === undefined ? count : retain(filter, chunk, matching, count);
    toPlaces(matching, found, offsets);
    for (let i = 0; i < found; i++) {
      const place = matching[i]!;
      visit(place, chunk * CHUNK_DOCS + offsets[place]!, this.#functions);
    }
    returnOffsets(matching);
  }
}

/** Functions for ranges of one column. */
class IntervalFunctions implements FunctionGroup {
  readonly #column: NumericColumn;
  readonly #functions: readonly FilteredFunction[];
  readonly #pieces: IntervalPieces;
  readonly #ranges: readonly PieceRange[];
  /** By piece; made when a document is first in it. */
  readonly #ofPiece: (readonly FilteredFunction[] | undefined)[];

  constructor(column: NumericColumn, functions: readonly FilteredFunction[]) {
    this.#column = column;
    this.#functions = functions;
    const intervals = functions.map(({ filter }) => (filter as NumericRangeClause).interval);
    this.#pieces = new IntervalPieces(intervals);
    this.#ranges = intervals.map((interval) => this.#pieces.rangeOf(interval));
    this.#ofPiece = Array.from({ length: this.#pieces.size });
  }

  visit(chunk: number, offsets: Uint16Array, count: number, visit: VisitFunctions): void {
    const pieces = this.#pieces.read(this.#column, chunk, offsets, count);
    for (let i = 0; i < count; i++) {
      const doc = chunk * CHUNK_DOCS + offsets[i]!;
      const piece = pieces[i]!;
      const functions =
        piece === SEVERAL ? this.#functions.filter(({ filter }) => filter?.matches(doc)) : this.#functionsOf(piece);
      if (functions.length > 0) visit(i, doc, functions);
    }
  }

  #functionsOf(piece: number): readonly FilteredFunction[] {
    let functions = this.#ofPiece[piece];
    if (functions === undefined) {
      functions = this.#functions.filter((_, at) => {
        const { first, last } = this.#ranges[at]!;
        return first <= piece && piece <= last;
      });
      this.#ofPiece[piece] = functions;
    }
    return functions;
  }
}

/** Functions for terms of one column. */
class TermFunctions implements FunctionGroup {
  readonly #column: KeywordColumn;
  readonly #functions: readonly FilteredFunction[];
  /** Places among the functions. */
  readonly #ofOrdinal = new Map<number, number[]>();

  constructor(column: KeywordColumn, functions: readonly FilteredFunction[]) {
    this.#column = column;
    this.#functions = functions;
    for (const [at, { filter }] of functions.entries()) {
      const { ordinal } = filter as TermClause;
      const places = this.#ofOrdinal.get(ordinal);
      if (places === undefined) this.#ofOrdinal.set(ordinal, [at]);
      else places.push(at);
    }
  }

  visit(chunk: number, offsets: Uint16Array, count: number, visit: VisitFunctions): void {
    const values = this.#column.chunk(chunk);
    if (values === undefined) return;
    const { ordinals } = values;
    let places: number[] = [];
    for (let i = 0; i < count; i++) {
      const offset = offsets[i]!;
      const start = values.single ? offset : values.starts[offset]!;
      const end = values.single ? offset + 1 : start + values.counts[offset]!;
      for (let at = start; at < end; at++) {
        const more = this.#ofOrdinal.get(ordinals[at]!);
        if (more !== undefined) places.push(...more);
      }
      if (places.length === 0) continue;
      const functions = places.sort((a, b) => a - b).map((at) => this.#functions[at]!);
      visit(i, chunk * CHUNK_DOCS + offset, functions);
      places = [];
    }
  }
}
