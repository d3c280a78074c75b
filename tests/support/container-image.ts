import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What of this machine is in the image. */
const PROGRAMS = ['/bin/sh', '/bin/cat', '/bin/sleep'];

/** An image of this machine's own shell, made without any registry, which holds the file `/image.txt` with the text `content`. */
export interface LocalImage {
  readonly name: string;
  remove(): void;
}

/** Gives it to the engine, and runs it once; a text says why that cannot be. */
export function importImage(engine: string, folder: string, content: string): LocalImage | string {
  const root = join(folder, 'image');
  for (const program of PROGRAMS) {
    const libraries = spawnSync('ldd', [program], { encoding: 'utf8' }).stdout ?? '';
    for (const path of [program, ...(libraries.match(/\/\S+/g) ?? [])]) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      copyFileSync(realpathSync(path), join(root, path));
    }
  }
  for (const name of ['tmp', 'etc', 'proc', 'dev', 'sys']) mkdirSync(join(root, name), { recursive: true });
  writeFileSync(join(root, 'image.txt'), content);
  const archive = join(folder, 'image.tar');
  const name = `localhost/daybook-test/shell:${process.pid}`;
  const commands = [
    ['tar', '-C', root, '-cf', archive, '.'],
    [engine, 'import', archive, name],
    [engine, 'run', '--rm', '--net=none', name, 'cat', '/image.txt'],
  ] as const;
  for (const [program, ...args] of commands) {
    const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8', timeout: 60_000 });
    if (status !== 0) return `${program} ${args[0]} does not work here: ${error?.message ?? stderr.trim()}`;
  }
  return { name, remove: () => void spawnSync(engine, ['rmi', '-f', name]) };
}

/** How many containers of an image there are now. */
export function countContainers(engine: string, image: string): number {
  const { stdout } = spawnSync(engine, ['ps', '-q', '--filter', `ancestor=${image}`], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line !== '').length;
}
