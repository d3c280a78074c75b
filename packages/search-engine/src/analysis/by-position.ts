import type { Token } from './analyzer.ts';

/** The tokens of one position. */
export type TokenPlace = readonly [Token, ...Token[]];

/** The tokens of each position, such as a word and its form without accents, in the order of the text. */
export function tokensByPosition(tokens: readonly Token[]): readonly TokenPlace[] {
  const places: [Token, ...Token[]][] = [];
  for (const token of tokens) {
    const place = places.at(-1);
    if (place?.[0].position === token.position) place.push(token);
    else places.push([token]);
  }
  return places;
}
