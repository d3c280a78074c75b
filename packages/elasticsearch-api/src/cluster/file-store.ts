import { readFileSync } from 'node:fs';
import { parse, relative } from 'node:path';

/** What a directory is on: `mount` as Java writes it, the mount point and in parentheses the device. */
export interface FileStore {
  readonly mount: string;
  readonly type: string;
}

/** The file system of an absolute path, by Linux's table of mounts; other systems have none, and the root is told. */
export function fileStoreOf(path: string): FileStore {
  let table: string;
  try {
    table = readFileSync('/proc/self/mountinfo', 'utf8');
  } catch {
    return { mount: parse(path).root, type: 'unknown' };
  }
  return findFileStore(table, path) ?? { mount: parse(path).root, type: 'unknown' };
}

/** The innermost mount that holds the path, the last one where several are on one point. The table is that of proc_pid_mountinfo(5). */
export function findFileStore(mountinfo: string, path: string): FileStore | undefined {
  let found: { readonly point: string; readonly store: FileStore } | undefined;
  for (const line of mountinfo.split('\n')) {
    const [mounted, source] = line.split(' - ').map((part) => part.split(' ').map(unescapeOctal));
    const [point, type, device] = [mounted?.[4], source?.[0], source?.[1]];
    if (point === undefined || type === undefined || device === undefined || !holds(point, path)) continue;
    if (found === undefined || point.length >= found.point.length) {
      found = { point, store: { mount: `${point} (${device})`, type } };
    }
  }
  return found?.store;
}

function holds(directory: string, path: string): boolean {
  return relative(directory, path).split('/')[0] !== '..';
}

/** Spaces and the like are written as three octal digits. */
function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
