// Makes packages/server/dist, the `daybook` program: our packages in a few files, since 1,200 small modules take a second to load.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const server = join(root, 'packages/server');
const outdir = join(server, 'dist');
/** What stays a package, as all that others publish: it finds files beside its modules; and what it throws must be of one class for both. */
const APART = new Set(['@daybook/cwltool', '@daybook/errors']);

mkdirSync(outdir, { recursive: true });
for (const name of readdirSync(outdir)) if (/\.js(\.map)?$/.test(name)) rmSync(join(outdir, name));
const { outputFiles } = await build({
  entryPoints: {
    main: join(server, 'src/main.ts'),
    'database-thread': join(server, 'src/parts/database-thread.ts'),
  },
  conditions: ['@daybook/source'],
  plugins: [{ name: 'external', setup: ({ onResolve }) => onResolve({ filter: /^[^./]/ }, externalUnlessOurs) }],
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  sourcemap: true,
  outdir,
  write: false,
  logLevel: 'warning',
});
for (const { path, text } of outputFiles) writeFileSync(path, path.endsWith('.js') ? withConstants(text) : text);

/**
 * Bundling makes every `const` of a module a `var`, whose value V8 reads anew in each round of a loop: searches take up to twice as long. What nothing
 * assigns is made a `const` again, in as many characters, so that source maps stay right.
 */
function withConstants(text) {
  const assigned = new Set();
  for (const [, name] of text.matchAll(
    /(?<![\w$.]|(?:const|let|var) )([\w$]+) (?:[-+*/%&|^]|\*\*|<<|>>>?|&&|\|\||\?\?)?= /g,
  ))
    assigned.add(name);
  for (const [, name] of text.matchAll(/(?<![\w$.])([\w$]+)(?:\+\+|--)/g)) assigned.add(name);
  return text.replace(/^var ([\w$]+) = /gm, (whole, name) => (assigned.has(name) ? whole : `const ${name}=`));
}

function externalUnlessOurs({ path, kind }) {
  const isBundled = kind === 'entry-point' || (path.startsWith('@daybook/') && !APART.has(path));
  return isBundled ? undefined : { path, external: true };
}
