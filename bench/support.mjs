import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const examples = join(root, 'examples');

/** Starts Daybook on free ports with a data directory of its own; `stop` ends it and removes the directory. */
export function startDaybook(...flags) {
  const dataDir = mkdtempSync(join(tmpdir(), 'daybook-bench-'));
  const ports = ['ades', 'database', 'bus'].flatMap((part) => [`--${part}-port`, '0']);
  const program = join(root, 'packages/server/bin/daybook.js');
  const server = spawn(
    process.execPath,
    [program, 'serve', '--data-dir', dataDir, '--cwl-roots', examples, ...ports, ...flags],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const ended = new Promise((resolve) => server.once('exit', resolve));
  return new Promise((resolve, reject) => {
    let output = '';
    const url = (part) => new RegExp(`^\\s*${part}\\s+(http\\S+)`, 'm').exec(output)?.[1];
    server.once('exit', (code) => reject(new Error(`Daybook ended with exit code ${code}`)));
    server.stdout.on('data', (chunk) => {
      output += chunk;
      if (!/^ready/m.test(output)) return;
      const stop = async () => {
        server.kill('SIGTERM');
        await ended;
        rmSync(dataDir, { recursive: true, force: true });
      };
      resolve({ ades: url('ADES'), database: url('jobs database'), bus: url('bus'), pid: server.pid, stop });
    });
  });
}

export async function post(url, body, expected = 201) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (response.status !== expected) throw new Error(`${url} answered ${response.status}: ${text}`);
  return { headers: response.headers, body: JSON.parse(text) };
}

export async function get(url) {
  const response = await fetch(url);
  return await response.json();
}

export function percentile(values, percent) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1)];
}

/** Calls `once` `count` times, `concurrency` at a time, and gives the wall time of each call and of all, in milliseconds. */
export async function measure(count, concurrency, once) {
  const each = [];
  let next = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (next < count) {
        const n = next++;
        const start = performance.now();
        await once(n);
        each.push(performance.now() - start);
      }
    }),
  );
  return { each, wallMs: performance.now() - began };
}

/** Prints rows as a Markdown table. */
export function printTable(title, header, rows) {
  const cells = [header, ...rows].map((row) => row.map(String));
  const widths = header.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const line = (row) =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  console.log(`\n${title}\n\n${line(cells[0])}\n${rule}\n${cells.slice(1).map(line).join('\n')}`);
}

export function machine() {
  return `Node ${process.version}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`;
}
