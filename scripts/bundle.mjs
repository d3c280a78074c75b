// Makes packages/server/dist, the `daybook` program: our packages in a few files, since 1,200 small modules take a second to load.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

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
for (const { path, text } of outputFiles) writeFileSync(path, path.endsWith('.js') ? await withConstants(text) : text);

/**
 * Bundling makes every `const` of a module a `var`, whose value V8 reads anew in each round of a loop: searches take up to twice as long. What nothing
 * assigns is made a `const` again, in as many characters, so that source maps stay right.
 */
async function withConstants(text) {
  const constant = (kept) =>
    text.replace(/^var ([\w$]+) = /gm, (whole, name) => (kept.has(name) ? whole : `const ${name}=`));
  const assigned = await assignedConstants(constant(new Set()));
  const result = constant(assigned);
  const [wrong] = await assignedConstants(result);
  if (wrong !== undefined) throw new Error(`the bundle assigns ${wrong}, which was made a constant`);
  return result;
}

/** Names of constants that the code assigns all the same. */
async function assignedConstants(text) {
  const { warnings } = await transform(text, { loader: 'js', format: 'esm', logLevel: 'silent', logLimit: 0 });
  const assignments = warnings.filter(({ id }) => id === 'assign-to-constant');
  return new Set(assignments.map((warning) => /"(.+)"/.exec(warning.text)[1]));
}

function externalUnlessOurs({ path, kind }) {
  const isBundled = kind === 'entry-point' || (path.startsWith('@daybook/') && !APART.has(path));
  return isBundled ? undefined : { path, external: true };
}
