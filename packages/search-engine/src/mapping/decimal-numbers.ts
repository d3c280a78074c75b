/** How the numbers at one path are written: each as a whole one, each with a point or an exponent, or some so and some so. */
export type Notation = 'whole' | 'decimal' | 'mixed';

/**
 * Paths (names joined by dots, list positions left out) at which a JSON text has numbers. One with a point or an exponent makes a float of a new
 * field even where its value is whole, which the parsed document no longer shows. The text must be valid JSON.
 */
export function numberNotations(json: string): ReadonlyMap<string, Notation> {
  const paths = new Map<string, Notation>();
  const open: { readonly isObject: boolean; readonly path: string }[] = [];
  let path = '';
  const token = /"((?:[^"\\]|\\.)*)"(\s*:)?|[{}[\]]|-?\d[\d.eE+-]*/g;
  for (let match = token.exec(json); match !== null; match = token.exec(json)) {
    const text = match[0];
    const first = text[0]!;
    if (first === '{' || first === '[') open.push({ isObject: first === '{', path });
    else if (first === '}' || first === ']') path = open.pop()?.path ?? '';
    else if (first === '"') {
      const parent = open[open.length - 1];
      if (match[2] === undefined || parent?.isObject !== true) continue;
      const name = JSON.parse(`"${match[1]}"`) as string;
      path = parent.path === '' ? name : `${parent.path}.${name}`;
    } else {
      const notation = /[.eE]/.test(text) ? 'decimal' : 'whole';
      paths.set(path, (paths.get(path) ?? notation) === notation ? notation : 'mixed');
    }
  }
  return paths;
}
