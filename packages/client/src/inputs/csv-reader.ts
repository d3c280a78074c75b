import { DaybookError } from '@daybook/errors';

/** A record of a CSV file. */
export interface CsvRecord {
  /** The line on which it begins, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

const MAX_RECORD_CHARS = 4 * 1024 * 1024;

/**
 * The records of CSV text that comes in pieces (RFC 4180): fields may be quoted and then hold commas, quotes that are doubled, and line ends.
 * Lines end by LF, CR LF or CR; a byte order mark and empty lines count for nothing. Throws `invalid-argument` with the line of what is no CSV.
 */
export async function* readCsv(pieces: AsyncIterable<string>): AsyncGenerator<CsvRecord, void, undefined> {
  const parser = new CsvParser();
  for await (const piece of pieces) yield* parser.push(piece);
  yield* parser.end();
}

/** Where the parser is: before a field, in a bare or a quoted one, or behind a quote that may end one. */
type Place = 'before' | 'bare' | 'quoted' | 'quote';

class CsvParser {
  #place: Place = 'before';
  #field = '';
  #fields: string[] = [];
  #line = 1;
  /** Of the record that is read. */
  #firstLine = 1;
  #chars = 0;
  #isAfterReturn = false;
  #isFirst = true;

  *push(text: string): Generator<CsvRecord, void, undefined> {
    for (const char of text) {
      if (this.#isFirst && char === '\uFEFF') continue;
      this.#isFirst = false;
      const isSecondOfPair = this.#isAfterReturn && char === '\n';
      this.#isAfterReturn = char === '\r';
      if (isSecondOfPair && this.#place !== 'quoted') continue;
      const record = this.#take(char);
      if ((char === '\n' && !isSecondOfPair) || char === '\r') this.#line++;
      if (record === undefined) continue;
      this.#firstLine = this.#line;
      if (record.fields.length > 1 || record.fields[0]?.trim() !== '') yield record;
    }
  }

  *end(): Generator<CsvRecord, void, undefined> {
    if (this.#place === 'quoted') throw this.#invalid(this.#firstLine, 'a quoted field has no end');
    if (this.#chars > 0) yield this.#endRecord();
  }

  /** Gives the record that `char` ends. */
  #take(char: string): CsvRecord | undefined {
    if (++this.#chars > MAX_RECORD_CHARS)
      throw this.#invalid(this.#firstLine, `longer than ${MAX_RECORD_CHARS} characters`);
    if (this.#place === 'quoted') {
      if (char === '"') this.#place = 'quote';
      else this.#field += char;
      return undefined;
    }
    if (char === '\n' || char === '\r') return this.#endRecord();
    if (char === ',') this.#endField();
    else if (char === '"') this.#quote();
    else if (this.#place === 'quote')
      throw this.#invalid(this.#line, `${JSON.stringify(char)} behind the end of a quoted field`);
    else {
      this.#place = 'bare';
      this.#field += char;
    }
    return undefined;
  }

  #quote(): void {
    if (this.#place === 'bare') {
      throw this.#invalid(
        this.#line,
        'a quote within a field that is not quoted: quote the field, and double the quotes in it',
      );
    }
    if (this.#place === 'quote') this.#field += '"';
    this.#place = 'quoted';
  }

  #endField(): void {
    this.#fields.push(this.#field);
    this.#field = '';
    this.#place = 'before';
  }

  #endRecord(): CsvRecord {
    this.#endField();
    const record = { line: this.#firstLine, fields: this.#fields };
    this.#fields = [];
    this.#chars = 0;
    return record;
  }

  #invalid(line: number, what: string): DaybookError {
    return new DaybookError('invalid-argument', `line ${line}: no CSV: ${what}`);
  }
}
