import { isJsonObject } from '../mapping/json.ts';

/** The values at a path of a source, lists taken apart. A name with dots stands for objects in each other. */
export function sourceValues(source: unknown, path: string): readonly unknown[] {
  const found: unknown[] = [];
  const visit = (value: unknown, rest: string): void => {
    if (Array.isArray(value)) {
      for (const element of value) visit(element, rest);
    } else if (rest === '') {
      found.push(value);
    } else if (isJsonObject(value)) {
      for (let end = rest.indexOf('.'); ; end = rest.indexOf('.', end + 1)) {
        const name = end < 0 ? rest : rest.slice(0, end);
        if (Object.hasOwn(value, name)) visit(value[name], end < 0 ? '' : rest.slice(end + 1));
        if (end < 0) return;
      }
    }
  };
  visit(source, path);
  return found;
}
