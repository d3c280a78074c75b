import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DaybookError } from '@daybook/errors';

const FORMAT_VERSION = 1;

/** Where one machine's state lives. Each part locks its own folder, so that parts may run as processes of their own. */
export interface DataDir {
  readonly path: string;
  /** The embedded database's segments and checkpoints. */
  readonly database: string;
  /** The embedded bus's journal. */
  readonly bus: string;
  readonly outputs: string;
  readonly work: string;
  /** What the parts show to the embedded database before it lets them write the indices that are the system's alone. */
  readonly systemKey: string;
  /** The keys under which secret inputs are sealed; made by the first part that needs them. */
  readonly secretKeyFile: string;
}

/** Opens a data directory, or makes a new one. One of another format version is `unsupported`. */
export function openDataDir(
  path: string,
  places: {
    readonly outputs?: string | undefined;
    readonly work?: string | undefined;
    readonly secretKeys?: string | undefined;
  },
): DataDir {
  const root = resolve(path);
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const version = Number(readOrCreate(join(root, 'format-version'), () => `${FORMAT_VERSION}\n`));
  if (version !== FORMAT_VERSION) {
    throw new DaybookError(
      'unsupported',
      `the data directory ${root} has format version ${version}; this program reads ${FORMAT_VERSION}`,
    );
  }
  return {
    path: root,
    database: join(root, 'database'),
    bus: join(root, 'bus'),
    outputs: resolve(places.outputs ?? join(root, 'outputs')),
    work: resolve(places.work ?? join(root, 'work')),
    systemKey: readOrCreate(join(root, 'system-key'), () => `${randomBytes(32).toString('base64url')}\n`).trim(),
    secretKeyFile: resolve(places.secretKeys ?? join(root, 'secret-keys')),
  };
}

/** Of several processes that start at once, one writes the file and all read the same. */
export function readOrCreate(path: string, content: () => string): string {
  try {
    writeFileSync(path, content(), { flag: 'wx', mode: 0o600, flush: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(path, 'utf8');
}
