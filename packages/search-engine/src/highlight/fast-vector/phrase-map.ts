import type { Token } from '../../analysis/analyzer.ts';

/** A term or a phrase that a query looks for. */
export interface WantedPhrase {
  readonly terms: readonly string[];
  /** How many positions its words may be apart, in all. */
  readonly slop: number;
  readonly boost: number;
}

/** A wanted phrase, and its place among all, by which its tags are chosen. */
export interface NumberedPhrase extends WantedPhrase {
  readonly number: number;
}

/** Phrases by their words: from each word to the next. */
export class PhraseMap {
  readonly #next = new Map<string, PhraseMap>();
  #phrase: NumberedPhrase | undefined;

  add(phrase: NumberedPhrase): void {
    let map: PhraseMap = this;
    for (const term of phrase.terms) {
      const next = map.#next.get(term) ?? new PhraseMap();
      map.#next.set(term, next);
      map = next;
    }
    map.#phrase = phrase;
  }

  /** What follows that word. */
  after(term: string): PhraseMap | undefined {
    return this.#next.get(term);
  }

  /** The phrase that ends here, if the tokens stand near enough to each other to be it. */
  endingWith(tokens: readonly Token[]): NumberedPhrase | undefined {
    let distance = 0;
    for (let at = 1; at < tokens.length; at++) {
      distance += Math.abs(tokens[at]!.position - tokens[at - 1]!.position - 1);
    }
    return distance <= (this.#phrase?.slop ?? -1) || tokens.length === 1 ? this.#phrase : undefined;
  }

  /** The phrase that the tokens are, read from here. */
  phraseOf(tokens: readonly Token[]): NumberedPhrase | undefined {
    let map: PhraseMap | undefined = this;
    for (const { term } of tokens) map = map?.after(term);
    return map?.endingWith(tokens);
  }
}

/** Phrases that overlap, such as `a b` and `b c`, are wanted together as well: `a b c`. */
export function withOverlaps(phrases: readonly WantedPhrase[]): readonly WantedPhrase[] {
  const all = new Map<string, WantedPhrase>();
  const add = (phrase: WantedPhrase): void => {
    const key = JSON.stringify(phrase);
    if (!all.has(key)) all.set(key, phrase);
  };
  for (const [at, phrase] of phrases.entries()) {
    add(phrase);
    if (phrase.terms.length === 1) continue;
    for (const other of phrases.slice(at + 1)) {
      if (other.terms.length === 1 || other.slop !== phrase.slop) continue;
      for (const terms of [...overlapsOf(phrase.terms, other.terms), ...overlapsOf(other.terms, phrase.terms)]) {
        add({ terms, slop: phrase.slop, boost: 1 });
      }
    }
  }
  return [...all.values()];
}

function* overlapsOf(first: readonly string[], second: readonly string[]): Generator<readonly string[]> {
  for (let start = 1; start < first.length; start++) {
    const shared = first.slice(start);
    if (shared.length >= second.length || shared.some((term, at) => term !== second[at])) continue;
    yield [...first, ...second.slice(shared.length)];
  }
}
