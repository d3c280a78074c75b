import type { Token } from './analyzer.ts';

/** The tokens of each position, such as a word and its form without accents, in the order of the text. */
export function tokensByPosition(tokens: readonly Token[]): readonly (readonly [Token, ...Token[]])[] {
  const places: [Token, ...Token[]][] = [];
  for (const token of tokens) {
    const place = places.at(-1);
    if (place?.[0].position === token.position) place.push(token);
    else places.push([token]);
  }
  return places;
}
