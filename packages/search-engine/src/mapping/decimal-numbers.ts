import { endOfString } from './end-of-string.ts';

/** How the numbers at one path are written: each as a whole one, each with a point or an exponent, or some so and some so. */
export type Notation = 'whole' | 'decimal' | 'mixed';

const [QUOTE, MINUS, ZERO, NINE] = [0x22, 0x2d, 0x30, 0x39];
const [OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d];
const NUMBER = /[-\d.eE+]+/y;
const COLON = /\s*:/y;

/**
 * Paths (names joined by dots, list positions left out) at which a JSON text has numbers. One with a point or an exponent makes a float of a new
 * field even where its value is whole, which the parsed document no longer shows. The text must be valid JSON.
 */
export function numberNotations(json: string): ReadonlyMap<string, Notation> {
  const paths = new Map<string, Notation>();
  const open: { readonly isObject: boolean; readonly path: string }[] = [];
  let path = '';
  for (let at = 0; at < json.length; at++) {
    const first = json.charCodeAt(at);
    if (first === OPEN_BRACE || first === OPEN_BRACKET) open.push({ isObject: first === OPEN_BRACE, path });
    else if (first === CLOSE_BRACE || first === CLOSE_BRACKET) path = open.pop()?.path ?? '';
    else if (first === QUOTE) {
      const start = at;
      at = endOfString(json, start) - 1;
      const parent = open[open.length - 1];
      if (parent?.isObject !== true || !isName(json, at + 1)) continue;
      const name = JSON.parse(json.slice(start, at + 1)) as string;
      path = parent.path === '' ? name : `${parent.path}.${name}`;
    } else if (first === MINUS || (first >= ZERO && first <= NINE)) {
      NUMBER.lastIndex = at;
      const text = NUMBER.exec(json)![0];
      at += text.length - 1;
      const notation = /[.eE]/.test(text) ? 'decimal' : 'whole';
      paths.set(path, (paths.get(path) ?? notation) === notation ? notation : 'mixed');
    }
  }
  return paths;
}

/** Whether a colon follows the string that ends before `at`. */
function isName(json: string, at: number): boolean {
  COLON.lastIndex = at;
  return COLON.test(json);
}
