import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const packages = readdirSync(join(root, 'packages')).sort();

function sourceFiles(name: string): string[] {
  return readdirSync(join(root, 'packages', name, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(root, 'packages', name, 'src', file));
}

/** Tier of each package, from the table in ARCHITECTURE.md. */
const tiers = new Map(
  [...readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8').matchAll(/^\| (\d) \| `([\w-]+)` \|/gm)].map((row) => [
    row[2],
    Number(row[1]),
  ]),
);

describe('the packages', () => {
  it('are exactly those of the table in ARCHITECTURE.md', () => {
    expect([...tiers.keys()].sort()).toEqual(packages);
  });

  it.each(packages)('%s depends on lower tiers only', (name) => {
    const { dependencies = {} } = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'));
    const own = tiers.get(name) as number;
    const ours = Object.keys(dependencies).flatMap((each) =>
      each.startsWith('@daybook/') ? [each.slice('@daybook/'.length)] : [],
    );
    expect(ours.filter((each) => !((tiers.get(each) ?? own) < own))).toEqual([]);
  });

  it.each(packages)('%s is compiled against what its manifest names', (name) => {
    const { dependencies = {} } = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'));
    const { references = [] } = JSON.parse(readFileSync(join(root, 'packages', name, 'tsconfig.json'), 'utf8'));
    const referenced = references.map((each: { path: string }) => `@daybook/${each.path.split('/').at(-1)}`).sort();
    expect(referenced).toEqual(
      Object.keys(dependencies)
        .filter((each) => each.startsWith('@daybook/'))
        .sort(),
    );
  });

  it.each(packages)(
    '%s imports no file of another package by path, and reads the environment only where configuration is read',
    (name) => {
      for (const file of sourceFiles(name)) {
        const text = readFileSync(file, 'utf8');
        expect(text, file).not.toMatch(/from '(\.\.\/)+packages\//);
        if (!['server', 'update-job'].includes(name) && !/\blambda\.ts$|\.test\.ts$/.test(file)) {
          expect(text, `${file} reads process.env`).not.toMatch(/process\.env\b/);
        }
      }
    },
  );

  it.each(packages)('%s keeps every source file under 500 lines', (name) => {
    const long = sourceFiles(name).filter((file) => readFileSync(file, 'utf8').split('\n').length > 500);
    expect(long).toEqual([]);
  });
});
