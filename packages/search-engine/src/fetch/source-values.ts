import { isJsonObject } from '../mapping/json.ts';

/** The values at a path of a source, lists taken apart. A name with dots stands for objects in each other. */
export function sourceValues(source: unknown, path: string): readonly unknown[] {
  return valuesWithDepths(source, path).values;
}

/** compat: the same, with the values that stand in more lists behind those that stand in fewer. */
export function shallowSourceValuesFirst(source: unknown, path: string): readonly unknown[] {
  const { values, depths } = valuesWithDepths(source, path);
  if (depths.every((depth) => depth === depths[0])) return values;
  return [...values.keys()].sort((a, b) => depths[a]! - depths[b]!).map((at) => values[at]);
}

/** The depth of a value is the number of lists in which it stands. */
function valuesWithDepths(
  source: unknown,
  path: string,
): { readonly values: readonly unknown[]; readonly depths: readonly number[] } {
  const values: unknown[] = [];
  const depths: number[] = [];
  const visit = (value: unknown, rest: string, depth: number): void => {
    if (Array.isArray(value)) {
      for (const element of value) visit(element, rest, depth + 1);
    } else if (rest === '') {
      values.push(value);
      depths.push(depth);
    } else if (isJsonObject(value)) {
      for (let end = rest.indexOf('.'); ; end = rest.indexOf('.', end + 1)) {
        const name = end < 0 ? rest : rest.slice(0, end);
        if (Object.hasOwn(value, name)) visit(value[name], end < 0 ? '' : rest.slice(end + 1), depth);
        if (end < 0) return;
      }
    }
  };
  visit(source, path, 0);
  return { values, depths };
}
