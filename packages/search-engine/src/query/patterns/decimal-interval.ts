import type { Language, Languages } from './regexp-language.ts';

const ZERO = '0'.codePointAt(0)!;

/**
 * The decimal numbers from one to the other, in either order of both. If the bounds have equally many digits, so has each number;
 * if not, any number of zeros may stand before it.
 */
export function decimalInterval(languages: Languages, one: string, other: string): Language {
  const [low, high] = Number(one) <= Number(other) ? [one, other] : [other, one];
  if (low.length === high.length) return sameLength(languages, low, high);
  const [least, most] = [String(Number(low)), String(Number(high))];
  const numbers: Language[] = [];
  for (let digits = least.length; digits <= most.length; digits++) {
    const first = digits === least.length ? least : `1${'0'.repeat(digits - 1)}`;
    const last = digits === most.length ? most : '9'.repeat(digits);
    numbers.push(sameLength(languages, first, last));
  }
  return languages.sequence(languages.repetition(digit(languages, 0, 0)), languages.union(numbers));
}

/** Numbers that are all as long as both bounds. */
function sameLength(languages: Languages, low: string, high: string): Language {
  if (low === '') return languages.emptyText;
  if (/^0+$/.test(low) && /^9+$/.test(high)) return anyDigits(languages, low.length);
  const [first, last] = [Number(low[0]), Number(high[0])];
  const [lowRest, highRest] = [low.slice(1), high.slice(1)];
  const ending = (from: number, to: number, rest: Language): Language =>
    from > to ? languages.nothing : languages.sequence(digit(languages, from, to), rest);
  if (first === last) return ending(first, first, sameLength(languages, lowRest, highRest));
  const [zeros, nines] = ['0'.repeat(lowRest.length), '9'.repeat(lowRest.length)];
  return languages.union([
    ending(first, first, sameLength(languages, lowRest, nines)),
    ending(first + 1, last - 1, sameLength(languages, zeros, nines)),
    ending(last, last, sameLength(languages, zeros, highRest)),
  ]);
}

function anyDigits(languages: Languages, count: number): Language {
  const any = digit(languages, 0, 9);
  let digits = languages.emptyText;
  for (let left = count; left > 0; left--) digits = languages.sequence(any, digits);
  return digits;
}

function digit(languages: Languages, from: number, to: number): Language {
  return languages.character([[ZERO + from, ZERO + to]]);
}
