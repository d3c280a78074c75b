// Makes packages/server/dist, the `daybook` program: our packages in a few files, since 1,200 small modules take a second to load.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const server = join(root, 'packages/server');
const outdir = join(server, 'dist');

mkdirSync(outdir, { recursive: true });
for (const name of readdirSync(outdir)) if (/\.js(\.map)?$/.test(name)) rmSync(join(outdir, name));
await build({
  entryPoints: {
    main: join(server, 'src/main.ts'),
    'database-thread': join(server, 'src/parts/database-thread.ts'),
  },
  conditions: ['@daybook/source'],
  // What others publish stays in node_modules, and so does what brings files of its own that are found beside its modules.
  plugins: [{ name: 'external', setup: ({ onResolve }) => onResolve({ filter: /^[^./]/ }, externalUnlessOurs) }],
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  sourcemap: true,
  outdir,
  logLevel: 'warning',
});

function externalUnlessOurs({ path, kind }) {
  const isOurs = path.startsWith('@daybook/') && path !== '@daybook/cwltool';
  return kind === 'entry-point' || isOurs ? undefined : { path, external: true };
}
