import type { BytesInBlock } from '../../dictionary/byte-arena.ts';

const ANY = -1;
const ONE = -2;

/**
 * A test for terms that match a pattern in which `*` is any text, `?` any character, and `\` takes the next character as it is. It works on
 * the bytes of UTF-8, so a term is only decoded when the case of its letters does not count.
 */
export function compileWildcard(pattern: string, isCaseInsensitive: boolean): (term: BytesInBlock) => boolean {
  const symbols: number[] = [];
  const characters = [...(isCaseInsensitive ? pattern.toLowerCase() : pattern)];
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i]!;
    if (character === '*') symbols.push(ANY);
    else if (character === '?') symbols.push(ONE);
    else if (character === '\\' && i + 1 < characters.length) symbols.push(...Buffer.from(characters[++i]!));
    else symbols.push(...Buffer.from(character));
  }
  if (!isCaseInsensitive) return (term) => matches(symbols, term);
  return ({ block, start, end }) => {
    const lowered = Buffer.from(block.toString('utf8', start, end).toLowerCase());
    return matches(symbols, { block: lowered, start: 0, end: lowered.length });
  };
}

/** The text before the first special character of a pattern: every term that matches starts with it. */
export function firstLiteral(pattern: string): string {
  return literalText(/^(?:\\.|[^*?\\])*/su.exec(pattern)![0]);
}

/** The longest text between the special characters of a pattern: every term that matches contains it. */
export function longestLiteral(pattern: string): string {
  let longest = '';
  for (const literal of pattern.matchAll(/(?:\\.|[^*?\\])+/gsu)) {
    const text = literalText(literal[0]);
    if (text.length > longest.length) longest = text;
  }
  return longest;
}

function literalText(literal: string): string {
  return literal.replace(/\\(.)/gsu, '$1');
}

/** Goes back only to the last `*`, so the time is bounded by the product of the lengths. */
function matches(symbols: readonly number[], { block, start, end }: BytesInBlock): boolean {
  let at = start;
  let symbol = 0;
  let starAt = -1;
  let starSymbol = -1;
  while (at < end) {
    const byte = block[at]!;
    const wanted = symbols[symbol];
    if (wanted === ANY) {
      starSymbol = symbol++;
      starAt = at;
    } else if (wanted === byte) {
      symbol++;
      at++;
    } else if (wanted === ONE) {
      symbol++;
      at++;
      while (at < end && isContinuation(block[at]!)) at++;
    } else if (starSymbol >= 0) {
      symbol = starSymbol + 1;
      starAt = nextCandidate(block, starAt + 1, end, symbols[symbol]!);
      at = starAt;
    } else return false;
  }
  while (symbols[symbol] === ANY) symbol++;
  return symbol === symbols.length;
}

/** Where what stands behind a star can start next: at its first byte, or at the start of a character. */
function nextCandidate(block: Uint8Array, from: number, end: number, wanted: number): number {
  let at = from;
  if (wanted >= 0) while (at < end && block[at] !== wanted) at++;
  else while (at < end && isContinuation(block[at]!)) at++;
  return at;
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}
