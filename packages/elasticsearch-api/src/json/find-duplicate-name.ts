import { endOfString } from '@daybook/search-engine';

const [quote, comma] = [0x22, 0x2c];
const [openBracket, closeBracket] = [0x5b, 0x5d];
const [openBrace, closeBrace] = [0x7b, 0x7d];

/**
 * The first name that stands twice in one object of valid JSON text; undefined when there is none. `JSON.parse` would keep the
 * last of the two, and a query would silently lose a clause.
 */
export function findDuplicateName(text: string): string | undefined {
  const objects: (Set<string> | undefined)[] = [];
  let expectsName = false;
  for (let position = 0; position < text.length; position += 1) {
    const character = text.charCodeAt(position);
    if (character === quote) {
      const end = endOfString(text, position);
      const names = objects.at(-1);
      if (expectsName && names !== undefined) {
        const name = JSON.parse(text.slice(position, end)) as string;
        if (names.has(name)) return name;
        names.add(name);
        expectsName = false;
      }
      position = end - 1;
    } else if (character === openBrace) {
      objects.push(new Set());
      expectsName = true;
    } else if (character === openBracket) {
      objects.push(undefined);
      expectsName = false;
    } else if (character === closeBrace || character === closeBracket) {
      objects.pop();
      expectsName = false;
    } else if (character === comma) {
      expectsName = objects.at(-1) !== undefined;
    }
  }
  return undefined;
}
