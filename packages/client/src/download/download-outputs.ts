import { mkdir, writeFile } from 'node:fs/promises';
import { jobPath } from '../ades/jobs.ts';
import type { Output } from '../ades/results.ts';
import type { Transport } from '../ades/transport.ts';
import { formatBytes } from '../rendering/format-bytes.ts';
import { startProgress } from '../rendering/progress.ts';
import { downloadFile, type RemoteFile } from './download-file.ts';
import { localPath, outputPathOf } from './output-path.ts';

/** What became of an output, or of a file in one. */
export interface Downloaded {
  readonly result: 'written' | 'present' | 'elsewhere';
  /** The local path; for `elsewhere` the URL where the output is kept. */
  readonly place: string;
}

/** The page of a directory. */
interface Listing {
  readonly entries: readonly { readonly name: string; readonly kind: 'file' | 'directory' }[];
  readonly links: readonly { readonly rel: string; readonly href: string }[];
}

/** Brings outputs below `folder`: files and directories under the output's id, values as `ID.json`. Tells of each as it is there. */
export async function* downloadOutputs(
  ades: Transport,
  jobId: string,
  outputs: readonly Output[],
  { folder, signal }: { readonly folder: string; readonly signal: AbortSignal },
): AsyncGenerator<Downloaded, void, undefined> {
  for (const { name, href, value } of outputs) {
    if (href === undefined) {
      yield await writeValue(folder, name, value);
      continue;
    }
    const path = outputPathOf(href, jobId);
    if (path === undefined) yield { result: 'elsewhere', place: href };
    else yield* downloadTree(ades, jobId, path, { folder, signal });
  }
}

async function writeValue(folder: string, name: string, value: unknown): Promise<Downloaded> {
  const place = localPath(folder, `${encodeURIComponent(name)}.json`);
  await mkdir(folder, { recursive: true });
  await writeFile(place, `${JSON.stringify(value)}\n`);
  return { result: 'written', place };
}

/** A file, or all that is in a directory. */
async function* downloadTree(
  ades: Transport,
  jobId: string,
  outputPath: string,
  where: { readonly folder: string; readonly signal: AbortSignal },
): AsyncGenerator<Downloaded, void, undefined> {
  const path = `${jobPath(jobId)}/outputs/${outputPath}`;
  const target = localPath(where.folder, outputPath);
  const file = await examine(ades, path);
  if (file !== undefined) {
    yield { result: (await download(ades, file, target, where.signal)) ? 'written' : 'present', place: target };
    return;
  }
  await mkdir(target, { recursive: true });
  for await (const name of listDirectory(ades, path)) {
    yield* downloadTree(ades, jobId, `${outputPath}/${encodeURIComponent(name)}`, where);
  }
}

/** Undefined for a directory, which has no parts to ask for. */
async function examine(ades: Transport, path: string): Promise<RemoteFile | undefined> {
  const { headers } = await ades.open({ method: 'HEAD', path, headers: { accept: '*/*' } });
  if (headers.get('accept-ranges') !== 'bytes') return undefined;
  return { path, sizeBytes: Number(headers.get('content-length')), etag: headers.get('etag') ?? '' };
}

async function* listDirectory(ades: Transport, path: string): AsyncGenerator<string, void, undefined> {
  for (let query: string | undefined = ''; query !== undefined; ) {
    const { body } = await ades.send({ path: `${path}${query}` });
    const { entries, links } = body as Listing;
    for (const { name } of entries) yield name;
    const next = links.find(({ rel }) => rel === 'next');
    query = next === undefined ? undefined : new URL(next.href).search;
  }
}

async function download(ades: Transport, file: RemoteFile, target: string, signal: AbortSignal): Promise<boolean> {
  const progress = startProgress({ what: target, total: file.sizeBytes, format: formatBytes });
  let bytes = 0;
  const received = (count: number): void => {
    bytes += count;
    progress.update(bytes);
  };
  try {
    return await downloadFile(ades, file, target, { signal, received });
  } finally {
    progress.end();
  }
}
