import { DaybookError } from '@daybook/errors';
import { type Column, type FrozenColumn, thawColumn } from '../columns/column.ts';
import type { Hold } from '../columns/hold.ts';
import { KeywordColumn } from '../columns/keyword-column.ts';
import { NumericColumn } from '../columns/numeric-column.ts';
import { OrdinalColumn } from '../columns/ordinal-column.ts';
import type { PreparedTerms } from '../columns/prepared-terms.ts';
import { RangeColumn } from '../columns/range-column.ts';
import { type FrozenDictionary, isSameDictionary } from '../dictionary/dictionary.ts';
import type { DictionaryOwner } from '../dictionary/used-terms.ts';
import { type DocumentEntry, DocumentTable, type FrozenDocumentTable } from '../document/document-table.ts';
import type { FieldValues } from '../mapping/field-values.ts';
import type { Mapping } from '../mapping/mapping.ts';
import type { ParsedDocument } from '../mapping/parsed-document.ts';
import { ROUTING } from '../mapping/routing-field.ts';
import { sortNumbersInSteps } from '../steps/sort-numbers-in-steps.ts';
import type { Steps } from '../steps/steps.ts';
import { TextColumn } from '../text/text-column.ts';
import type { TextSettings } from '../text/text-words.ts';
import { type ShardLayout, shardOf } from './shard-layout.ts';

/** The data of an index at one moment. */
export interface FrozenIndexData {
  readonly documents: FrozenDocumentTable;
  readonly columns: Readonly<Record<string, FrozenColumn>>;
  readonly maxSeqNo: number;
}

/** A document that is to be put in. */
export interface PreparedValues {
  readonly document: ParsedDocument;
  /** What {@link IndexData.prepare} has found, by column. */
  readonly terms?: ReadonlyMap<string, PreparedColumn>;
}

/** The terms of one column, and the column: one that is not in the index yet may become the index's. */
interface PreparedColumn extends PreparedTerms {
  readonly column: KeywordColumn | TextColumn;
}

/** The documents of one index in memory: their table and a column for each field. What the log says is put in here, at start and later. */
export class IndexData {
  readonly documents: DocumentTable;
  readonly #columns: Map<string, Column> = new Map();
  #maxSeqNo: number;

  constructor(frozen?: FrozenIndexData, documents: DocumentTable = new DocumentTable(frozen?.documents)) {
    this.documents = documents;
    this.#maxSeqNo = frozen?.maxSeqNo ?? -1;
    if (frozen === undefined) return;
    const { ids } = frozen.documents;
    const known = (dictionary: FrozenDictionary) =>
      isSameDictionary(dictionary, ids) ? documents.dictionary : undefined;
    for (const [name, column] of Object.entries(frozen.columns)) {
      this.#columns.set(name, thawColumn(column, this.#docLimit, known));
    }
  }

  /**
   * The same data a second time, which is to be written from then on in the place of these: these stay as they are. Arrays are shared until
   * one is written; it costs a few microseconds for every 65,536 documents of a field.
   */
  fork(): IndexData {
    const fork = new IndexData(undefined, this.documents.fork());
    for (const [name, column] of this.#columns) fork.#columns.set(name, column.fork(fork.#docLimit));
    fork.#maxSeqNo = this.#maxSeqNo;
    return fork;
  }

  /** The data as they are now; what is frozen stays as it is until the hold is released. */
  freeze(hold: Hold): FrozenIndexData {
    const columns = Object.fromEntries([...this.#columns].map(([name, column]) => [name, column.freeze(hold)]));
    return { documents: this.documents.freeze(hold), columns, maxSeqNo: this.#maxSeqNo };
  }

  /** What has a dictionary: the ids, and columns by their names. */
  *dictionaryOwners(): Iterable<readonly [name: string | undefined, owner: DictionaryOwner]> {
    yield [undefined, this.documents];
    for (const [name, column] of this.#columns) if (column instanceof OrdinalColumn) yield [name, column];
  }

  /** A column of which searches have asked for postings that it lacks. */
  columnLackingPostings(): OrdinalColumn | undefined {
    for (const column of this.#columns.values())
      if (column instanceof OrdinalColumn && column.lacksPostings) return column;
    return undefined;
  }

  get memoryBytes(): number {
    let bytes = this.documents.memoryBytes;
    for (const column of this.#columns.values()) {
      bytes += column.memoryBytes;
      if (this.#sharesIds(column)) bytes -= column.dictionary.memoryBytes;
    }
    return bytes;
  }

  /** -1 before the first operation. */
  get maxSeqNo(): number {
    return this.#maxSeqNo;
  }

  /** Undefined for a field that no document has had a value of. */
  column(name: string): Column | undefined {
    return this.#columns.get(name);
  }

  /** The name of one of its columns. */
  columnName(column: object): string | undefined {
    for (const [name, each] of this.#columns) if (each === column) return name;
    return undefined;
  }

  /** The value by which a document was routed to its shard; undefined where that is its id. */
  routing(doc: number): string | undefined {
    const column = this.#columns.get(ROUTING.column);
    if (!(column instanceof KeywordColumn) || column.count(doc) === 0) return undefined;
    return column.dictionary.term(column.value(doc, 0));
  }

  /** The document of an id, if it is in the shard to which the routing value leads. */
  find(layout: ShardLayout, id: string, routing: string | undefined): number | undefined {
    const doc = this.documents.find(id);
    if (doc === undefined || layout.shards === 1) return doc;
    return shardOf(layout, id, routing) === shardOf(layout, id, this.routing(doc)) ? doc : undefined;
  }

  /** Puts a document in: in place of `known`, the number of the one of that id, if there is one. */
  put(id: string, known: number | undefined, prepared: PreparedValues, entry: DocumentEntry): void {
    const { values } = prepared.document;
    const doc = known ?? this.documents.add(id);
    if (known !== undefined) for (const [name, column] of this.#columns) if (!values.has(name)) column.clear(doc);
    for (const [name, of] of values) {
      let column = this.#columns.get(name);
      if (column === undefined) {
        column = prepared.terms?.get(name)?.column.fork(this.#docLimit) ?? this.#newColumn(id, of);
        this.#columns.set(name, column);
      }
      setValues(column, doc, name, of, prepared);
    }
    this.documents.put(doc, entry);
    this.passed(entry.seqNo);
  }

  /** Finds a document's terms and sorts its numbers, in steps, ahead of {@link put}. The data may be written and forked between them. */
  *prepare(id: string, document: ParsedDocument): Steps<PreparedValues> {
    const doc = this.documents.find(id);
    const values = new Map<string, FieldValues>();
    const terms = new Map<string, PreparedColumn>();
    for (const [name, of] of document.values) {
      values.set(name, of.form === 'number' ? yield* sortedNumbers(of.values) : of);
      const column = this.#columns.get(name) ?? this.#newColumn(id, of);
      if (of.form === 'string' && column instanceof KeywordColumn) {
        terms.set(name, { column, ...(yield* column.prepare(doc, of.values)) });
      } else if (of.form === 'text' && column instanceof TextColumn) {
        const settings = textField(document.mapping, name);
        terms.set(name, { column, ...(yield* column.prepare(doc, of.values, settings)) });
      }
      yield;
    }
    return { document: { ...document, values }, terms };
  }

  remove(doc: number): void {
    for (const column of this.#columns.values()) column.clear(doc);
    this.documents.remove(doc);
  }

  /** Notes that this sequence number is taken. */
  passed(seqNo: number): void {
    if (seqNo > this.#maxSeqNo) this.#maxSeqNo = seqNo;
  }

  readonly #docLimit = (): number => this.documents.limit;

  #sharesIds(column: Column): column is KeywordColumn {
    return column instanceof KeywordColumn && column.dictionary === this.documents.dictionary;
  }

  /** The column of a field that has had no value yet. That of ids, which job documents have in a field too, keeps them where those of the documents are. */
  #newColumn(id: string, of: FieldValues): Column {
    if (of.form === 'string' && of.values.length === 1 && of.values[0] === id)
      return new KeywordColumn(this.#docLimit, undefined, this.documents.dictionary);
    return newColumn(of, this.#docLimit);
  }
}

/** Replaces what a document has in the column of that name. */
function setValues(
  column: Column,
  doc: number,
  name: string,
  { form, values }: FieldValues,
  { document, terms }: PreparedValues,
): void {
  if (form === 'number' && column instanceof NumericColumn) column.set(doc, values);
  else if (form === 'string' && column instanceof KeywordColumn) column.set(doc, values, terms?.get(name));
  else if (form === 'text' && column instanceof TextColumn)
    column.set(doc, values, textField(document.mapping, name), terms?.get(name));
  else if (form === 'range' && column instanceof RangeColumn) column.set(doc, values);
  else throw new DaybookError('internal', `column ${name} does not hold values of form ${form}`);
}

function* sortedNumbers(values: ArrayLike<number>): Steps<FieldValues> {
  return { form: 'number', values: yield* sortNumbersInSteps(Float64Array.from(values)) };
}

function newColumn(values: FieldValues, docLimit: () => number): Column {
  switch (values.form) {
    case 'number':
      return new NumericColumn(docLimit);
    case 'string':
      return new KeywordColumn(docLimit);
    case 'text':
      return new TextColumn(docLimit);
    case 'range':
      return new RangeColumn(docLimit, values.bits);
  }
}

function textField(mapping: Mapping, name: string): TextSettings {
  const { analyzer, indexOptions } = mapping.field(name) ?? {};
  if (analyzer === undefined) throw new DaybookError('internal', `text field ${name} has no analyzer`);
  return { analyzer, onceEach: indexOptions === 'docs' };
}
