import { DaybookError } from '@daybook/errors';

/** A text as a char filter leaves it. */
export interface FilteredText {
  readonly text: string;
  /** Where an offset of {@link text} lies in the text before the filter. */
  correct(offset: number): number;
}

/** Changes a text before it is cut into tokens. */
export interface CharFilter {
  (text: string): FilteredText;
  /** Whether parts of words, and the values of keywords, go through it too. */
  readonly normalizes: boolean;
}

/** Characters that filters may make of a text that has fewer. */
const MAX_CHARS = 10_000_000;

/** Puts a filtered text together, and keeps where its offsets lie in the text before. */
export class FilteredTextBuilder {
  readonly #input: string;
  readonly #pieces: string[] = [];
  #length = 0;
  #inputEnd = 0;
  /** In ascending order: the offsets from which on the text lies elsewhere than what stands before. */
  readonly #starts: number[] = [];
  readonly #targets: number[] = [];
  /** Whether offsets behind a start go on behind its target, or all lie there. */
  readonly #goesOn: boolean[] = [];

  constructor(input: string) {
    this.#input = input;
  }

  /** Takes the input as it is up to `start`, and `replacement` for what follows up to `end`; calls come in order. */
  replace(start: number, end: number, replacement: string): void {
    this.#append(this.#input.slice(this.#inputEnd, start));
    const replaced = end - start;
    const outputStart = this.#length;
    this.#append(replacement);
    this.#inputEnd = end;
    if (replacement.length === replaced) return;
    // compat: what is longer than the text that it stands for lies, where it is longer, at that text's last character.
    if (replacement.length > replaced) this.#correctFrom(outputStart + replaced, Math.max(0, end - 1), false);
    this.#correctFrom(this.#length, end, true);
  }

  build(): FilteredText {
    this.#append(this.#input.slice(this.#inputEnd));
    return { text: this.#pieces.join(''), correct: (offset) => this.#correct(offset) };
  }

  #append(piece: string): void {
    if (piece === '') return;
    this.#pieces.push(piece);
    this.#length += piece.length;
    if (this.#length <= Math.max(MAX_CHARS, this.#input.length)) return;
    throw new DaybookError('invalid-argument', `char filters make more than [${MAX_CHARS}] characters of a text`, {
      detail: { reason: 'illegal_argument_exception' },
    });
  }

  #correctFrom(start: number, target: number, goesOn: boolean): void {
    const last = this.#starts.length - 1;
    const at = last >= 0 && this.#starts[last] === start ? last : last + 1;
    this.#starts[at] = start;
    this.#targets[at] = target;
    this.#goesOn[at] = goesOn;
  }

  #correct(offset: number): number {
    let below = -1;
    let above = this.#starts.length;
    while (above - below > 1) {
      const middle = (below + above) >>> 1;
      if (this.#starts[middle]! <= offset) below = middle;
      else above = middle;
    }
    if (below < 0) return offset;
    return this.#goesOn[below] ? this.#targets[below]! + offset - this.#starts[below]! : this.#targets[below]!;
  }
}

/** Runs filters one after the other. */
export function filterText(text: string, filters: readonly CharFilter[]): FilteredText {
  let filtered: FilteredText = { text, correct: (offset) => offset };
  for (const filter of filters) {
    const before = filtered;
    const after = filter(before.text);
    filtered = { text: after.text, correct: (offset) => before.correct(after.correct(offset)) };
  }
  return filtered;
}
