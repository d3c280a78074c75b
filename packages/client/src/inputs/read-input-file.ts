import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { DaybookError } from '@daybook/errors';
import type { InputValues } from './input-values.ts';

const MAX_BYTES = 16 * 1024 * 1024;

/** A file to read, or standard input where it is called `-`. Errors of reading are DaybookErrors. */
function openInput(path: string): Readable {
  return path === '-' ? process.stdin : createReadStream(path);
}

/** What a failure to read a file is told as. */
function readFailure(path: string, error: unknown): unknown {
  const isSystem = error instanceof Error && 'syscall' in error;
  if (!isSystem) return error;
  return new DaybookError('not-found', `${path}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
}

/** The inputs in a JSON or YAML file, or on standard input for `-`: a map of their ids, or an execute body with `inputs`. */
export async function readInputFile(path: string): Promise<InputValues> {
  const value = await parse(path, await readText(path));
  if (!isMap(value)) throw new DaybookError('invalid-argument', `${path}: expected a map of inputs by their names`);
  return isMap(value.inputs) && Object.keys(value).every((key) => BODY_MEMBERS.has(key)) ? value.inputs : value;
}

const BODY_MEMBERS: ReadonlySet<string> = new Set(['inputs', 'outputs', 'response', 'labels', 'subscriber', 'mode']);

async function readText(path: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of openInput(path)) {
      bytes += (chunk as Buffer).length;
      if (bytes > MAX_BYTES) throw new DaybookError('limit-exceeded', `${path}: longer than ${MAX_BYTES} bytes`);
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    throw readFailure(path, error);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** JSON is YAML too, but its own parser is there already and a hundred times faster. */
async function parse(path: string, text: string): Promise<unknown> {
  try {
    return JSON.parse(text);
  } catch {
    const yaml = await import('yaml');
    try {
      return yaml.parse(text, { logLevel: 'error' });
    } catch (error) {
      const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
      throw new DaybookError('invalid-argument', `${path}: neither JSON nor YAML: ${reason}`);
    }
  }
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
