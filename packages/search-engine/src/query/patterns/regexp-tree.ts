import { decimalInterval } from './decimal-interval.ts';
import { type CharacterRange, type Language, type Languages, MAX_LANGUAGES, tooComplex } from './regexp-language.ts';

/** A regular expression of Lucene's, taken apart. */
export type RegexpTree =
  /** Any of its characters, each of which may have two forms. */
  | {
      readonly type: 'characters';
      readonly members: readonly (readonly CharacterRange[])[];
      readonly isNegated: boolean;
    }
  | { readonly type: 'anyCharacter' | 'anyText' | 'nothing' | 'emptyText' }
  /** Whole numbers between the two. */
  | { readonly type: 'interval'; readonly low: string; readonly high: string }
  /** Nested ones of the same kind are one. */
  | { readonly type: 'sequence' | 'union'; readonly members: readonly RegexpTree[] }
  | { readonly type: 'intersection'; readonly members: readonly RegexpTree[] }
  /** Without `most` as often as one likes. */
  | { readonly type: 'repetition'; readonly of: RegexpTree; readonly least: number; readonly most?: number | undefined }
  | { readonly type: 'optional' | 'complement'; readonly of: RegexpTree };

/** The texts that a regular expression matches. */
export function languageOf(tree: RegexpTree, languages: Languages): Language {
  const inner = (each: RegexpTree): Language => languageOf(each, languages);
  switch (tree.type) {
    case 'characters':
      return languages.character(tree.members.flat(), tree.isNegated);
    case 'anyCharacter':
    case 'anyText':
    case 'nothing':
    case 'emptyText':
      return languages[tree.type];
    case 'interval':
      return decimalInterval(languages, tree.low, tree.high);
    case 'sequence':
      return tree.members.reduceRight((rest, part) => languages.sequence(inner(part), rest), languages.emptyText);
    case 'union':
      return languages.union(tree.members.map(inner));
    case 'intersection':
      return languages.intersection(tree.members.map(inner));
    case 'optional':
      return languages.union([languages.emptyText, inner(tree.of)]);
    case 'repetition':
      return repeated(inner(tree.of), tree.least, tree.most, languages);
    case 'complement':
      return languages.complement(inner(tree.of));
  }
}

function repeated(language: Language, least: number, most: number | undefined, languages: Languages): Language {
  if (most !== undefined && most < least) return languages.nothing;
  if (Math.max(least, most ?? 0) > MAX_LANGUAGES) throw tooComplex();
  let tail = most === undefined ? languages.repetition(language) : languages.emptyText;
  for (let i = least; i < (most ?? least); i++) {
    tail = languages.union([languages.emptyText, languages.sequence(language, tail)]);
  }
  for (let i = 0; i < least; i++) tail = languages.sequence(language, tail);
  return tail;
}
