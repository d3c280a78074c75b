// Makes job-ingest.zip, the function of AWS Lambda that brings job updates into the jobs database, in deploy/lambda or the folder given.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { zip } from './zip.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = process.argv[2] ?? join(root, 'deploy/lambda');
const { outputFiles } = await build({
  entryPoints: [join(root, 'packages/job-ingest/src/lambda.ts')],
  conditions: ['@daybook/source'],
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  outdir: folder,
  write: false,
  legalComments: 'inline',
  logLevel: 'warning',
});
mkdirSync(folder, { recursive: true });
const file = join(folder, 'job-ingest.zip');
const archive = zip({ 'index.cjs': Buffer.from(outputFiles[0].contents) });
writeFileSync(file, archive);
console.log(`${file}: ${Math.round(archive.length / 1024)} KiB`);
