const ANY = -1;
const ONE = -2;

/** A test for texts that match a pattern in which `*` is any text, `?` any character, and `\` takes the next character as it is. */
export function compileWildcard(pattern: string, isCaseInsensitive: boolean): (text: string) => boolean {
  const symbols: number[] = [];
  const characters = [...(isCaseInsensitive ? pattern.toLowerCase() : pattern)];
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i]!;
    if (character === '\\' && i + 1 < characters.length) symbols.push(characters[++i]!.codePointAt(0)!);
    else if (character === '*') symbols.push(ANY);
    else if (character === '?') symbols.push(ONE);
    else symbols.push(character.codePointAt(0)!);
  }
  return (text) => matches(symbols, isCaseInsensitive ? text.toLowerCase() : text);
}

/** Goes back only to the last `*`, so the time is bounded by the product of the lengths. */
function matches(symbols: readonly number[], text: string): boolean {
  let at = 0;
  let symbol = 0;
  let starAt = -1;
  let starSymbol = -1;
  while (at < text.length) {
    const code = text.codePointAt(at)!;
    const wanted = symbols[symbol];
    if (wanted === ANY) {
      starSymbol = symbol++;
      starAt = at;
    } else if (wanted === ONE || wanted === code) {
      symbol++;
      at += widthOf(code);
    } else if (starSymbol >= 0) {
      symbol = starSymbol + 1;
      starAt += widthOf(text.codePointAt(starAt)!);
      at = starAt;
    } else return false;
  }
  while (symbols[symbol] === ANY) symbol++;
  return symbol === symbols.length;
}

function widthOf(code: number): number {
  return code > 0xffff ? 2 : 1;
}
