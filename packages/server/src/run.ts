import type { Settings } from './config/settings.ts';
import { openDataDir } from './data-dir.ts';
import { createLog } from './log.ts';
import type { Part } from './parts/part.ts';
import { startParts } from './start-parts.ts';

export type PartName = Part['name'];

/** Starts parts, tells where they are, and stays until SIGINT or SIGTERM; a second signal ends the process at once. */
export async function run(names: readonly PartName[], settings: Settings, version: string): Promise<void> {
  const began = performance.now();
  const log = createLog(settings['log-level']);
  const dataDir = openDataDir(settings['data-dir'], {
    outputs: settings['output-dir'],
    work: settings['work-dir'],
    secretKeys: settings['secret-key-file'],
  });
  const signal = new Promise<void>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve());
  });

  const running = await startParts({ names, settings, dataDir, version, log });
  const lines = running.urls.map(({ title, url }) => `  ${title.padEnd(14)} ${url}\n`).join('');
  process.stdout.write(`Daybook ${version}\n${lines}  ${'data'.padEnd(14)} ${dataDir.path}\n`);
  for (const notice of running.notices) process.stdout.write(`\n${notice}\n\n`);
  process.stdout.write(`ready in ${((performance.now() - began) / 1000).toFixed(1)} s; Ctrl-C ends it\n`);

  await signal;
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => process.exit(130));
  process.stdout.write('stopping …\n');
  await running.stop();
}
