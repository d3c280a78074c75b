import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const packages = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'packages');

/** The files of a package that it imports itself, types included. */
function importsOf(name: string): ReadonlyMap<string, readonly string[]> {
  const source = join(packages, name, 'src');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return new Map(
    files.map((file) => {
      const path = join(source, file);
      const imports = readFileSync(path, 'utf8').matchAll(/^(?:import|export)\b[^;]*? from '(\.[^']+)';/gm);
      return [path, [...imports].map(([, target = '']) => join(dirname(path), target))];
    }),
  );
}

/** The first way found by which a file imports itself. */
function findCircle(imports: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): readonly string[] => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return [];
    done.add(file);
    for (const target of imports.get(file) ?? []) {
      const circle = visit(target, [...way, file]);
      if (circle.length > 0) return circle;
    }
    return [];
  };
  for (const file of imports.keys()) {
    const circle = visit(file, []);
    if (circle.length > 0) return circle;
  }
  return [];
}

it.each(readdirSync(packages))('no file of %s imports itself by way of others', (name) => {
  expect(findCircle(importsOf(name)).map((file) => relative(packages, file))).toEqual([]);
});
