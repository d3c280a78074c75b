import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Paths of the files below `folder` that hold `text`; files that vanish meanwhile hold nothing. */
export function filesWith(folder: string, text: string): readonly string[] {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return paths.filter((path) => contentOf(path)?.includes(text) === true);
}

/** The arguments of every process of this machine, each program's with blanks between. */
export function commandLines(): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => contentOf(`/proc/${pid}/cmdline`)?.toString().replaceAll('\0', ' ') ?? []);
}

function contentOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
