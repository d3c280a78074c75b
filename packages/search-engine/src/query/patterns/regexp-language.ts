import { DaybookError } from '@daybook/errors';

/** A regular language. Equal ones built from equal parts are the same object, so that derivatives reach finitely many. */
export interface Language {
  readonly id: number;
  readonly shape: Shape;
  readonly hasEmptyText: boolean;
  /** What may follow each character that was asked for so far. */
  readonly derivatives: Map<number, Language>;
}

/** First and last code point. */
export type CharacterRange = readonly [first: number, last: number];

type Shape =
  | { readonly type: 'nothing' }
  | { readonly type: 'empty-text' }
  | { readonly type: 'character'; readonly ranges: readonly CharacterRange[]; readonly isNegated: boolean }
  | { readonly type: 'sequence'; readonly first: Language; readonly rest: Language }
  | { readonly type: 'union' | 'intersection'; readonly members: readonly Language[] }
  | { readonly type: 'repetition' | 'complement'; readonly of: Language };

/** Also repetitions of one, which may be the same language. */
export const MAX_LANGUAGES = 20_000;
/** Of all unions and intersections together. */
const MAX_MEMBERS = 100_000;

/**
 * Builds languages and follows them character by character with Brzozowski's derivatives (J. ACM 11, 1964): complement and intersection cost
 * nothing extra, a text is tested in one pass, and no pattern makes the test go back.
 */
export class Languages {
  readonly #known: Map<string, Language> = new Map();
  #memberCount = 0;
  readonly nothing: Language = this.#make('0', { type: 'nothing' }, false);
  readonly emptyText: Language = this.#make('1', { type: 'empty-text' }, true);
  readonly anyCharacter: Language = this.character([], true);
  readonly anyText: Language = this.repetition(this.anyCharacter);

  character(ranges: readonly CharacterRange[], isNegated = false): Language {
    const key = `c${isNegated ? '^' : ''}${ranges.map(([first, last]) => `${first}-${last}`).join()}`;
    return this.#make(key, { type: 'character', ranges, isNegated }, false);
  }

  sequence(first: Language, rest: Language): Language {
    if (first === this.nothing || rest === this.nothing) return this.nothing;
    if (first === this.emptyText) return rest;
    if (rest === this.emptyText) return first;
    const { shape } = first;
    if (shape.type === 'sequence') return this.sequence(shape.first, this.sequence(shape.rest, rest));
    const hasEmptyText = first.hasEmptyText && rest.hasEmptyText;
    return this.#make(`s${first.id},${rest.id}`, { type: 'sequence', first, rest }, hasEmptyText);
  }

  union(languages: readonly Language[]): Language {
    const members = this.#members('union', languages).filter((member) => member !== this.nothing);
    if (members.length === 0) return this.nothing;
    if (members.length === 1) return members[0]!;
    const hasEmptyText = members.some((member) => member.hasEmptyText);
    return this.#make(`u${members.map(({ id }) => id).join()}`, { type: 'union', members }, hasEmptyText);
  }

  intersection(languages: readonly Language[]): Language {
    const members = this.#members('intersection', languages);
    if (members.includes(this.nothing)) return this.nothing;
    if (members.length === 1) return members[0]!;
    const hasEmptyText = members.every((member) => member.hasEmptyText);
    return this.#make(`i${members.map(({ id }) => id).join()}`, { type: 'intersection', members }, hasEmptyText);
  }

  repetition(of: Language): Language {
    if (of.shape.type === 'repetition' || of === this.emptyText) return of;
    return this.#make(`r${of.id}`, { type: 'repetition', of }, true);
  }

  complement(of: Language): Language {
    return this.#make(`n${of.id}`, { type: 'complement', of }, !of.hasEmptyText);
  }

  contains(language: Language, text: string): boolean {
    let current = language;
    for (let at = 0; at < text.length; ) {
      const character = text.codePointAt(at)!;
      current = this.after(current, character);
      if (current === this.nothing) return false;
      at += character > 0xffff ? 2 : 1;
    }
    return current.hasEmptyText;
  }

  /** The texts that, behind this character, are in the language. */
  after(language: Language, character: number): Language {
    let next = language.derivatives.get(character);
    if (next === undefined) {
      next = this.#derive(language.shape, character);
      language.derivatives.set(character, next);
    }
    return next;
  }

  #derive(shape: Shape, character: number): Language {
    switch (shape.type) {
      case 'nothing':
      case 'empty-text':
        return this.nothing;
      case 'character': {
        const isListed = shape.ranges.some(([first, last]) => character >= first && character <= last);
        return isListed === shape.isNegated ? this.nothing : this.emptyText;
      }
      case 'sequence': {
        const { first, rest } = shape;
        const within = this.sequence(this.after(first, character), rest);
        return first.hasEmptyText ? this.union([within, this.after(rest, character)]) : within;
      }
      case 'union':
        return this.union(shape.members.map((member) => this.after(member, character)));
      case 'intersection':
        return this.intersection(shape.members.map((member) => this.after(member, character)));
      case 'repetition':
        return this.sequence(this.after(shape.of, character), this.repetition(shape.of));
      case 'complement':
        return this.complement(this.after(shape.of, character));
    }
  }

  #members(type: 'union' | 'intersection', languages: readonly Language[]): Language[] {
    const flat = languages.flatMap((language) => (language.shape.type === type ? language.shape.members : [language]));
    return [...new Set(flat)].sort((a, b) => a.id - b.id);
  }

  #make(key: string, shape: Shape, hasEmptyText: boolean): Language {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if ('members' in shape) this.#memberCount += shape.members.length;
    if (this.#known.size >= MAX_LANGUAGES || this.#memberCount > MAX_MEMBERS) {
      throw tooComplex();
    }
    const language = { id: this.#known.size, shape, hasEmptyText, derivatives: new Map() };
    this.#known.set(key, language);
    return language;
  }
}

/** What is said of a regular expression that needs too much. */
export function tooComplex(): DaybookError {
  return new DaybookError(
    'invalid-argument',
    `the regular expression needs more than ${MAX_LANGUAGES} states, or states of more than ${MAX_MEMBERS} parts`,
    { detail: { reason: 'too_complex_to_determinize_exception' } },
  );
}
