import { type JobDocument, verdictAttempt } from '@daybook/jobs';
import type { StoredFile } from '@daybook/output-store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AdesContext } from '../ades-context.ts';
import { wantsHtml } from '../html/wants-html.ts';
import { baseUrl, pathSegment } from '../http/base-url.ts';
import { contentTypeOf } from '../http/media-type.ts';
import { multipartRelated, type Part } from '../http/multipart.ts';
import { checkResultsReady } from '../jobs/check-results-ready.ts';
import { isLocated } from '../jobs/cwl-value.ts';
import { type JobResult, jobResults, resultsDocument } from '../jobs/job-results.ts';
import { resultsRequestOf } from '../jobs/results-request.ts';
import { resolveOutput } from '../outputs/resolve-output.ts';
import { sendFile } from '../outputs/send-file.ts';

/** An output with its bytes, where they are in the output store. */
interface Loaded extends JobResult {
  readonly file?: StoredFile;
}

/**
 * Answers with the results of a job in the form that its execute request asked for (OGC API – Processes Part 1, 7.11.4). Throws what
 * {@link checkResultsReady} does. Never sets a `Link` header on a 200.
 */
export async function sendResults(
  context: AdesContext,
  request: FastifyRequest,
  reply: FastifyReply,
  job: JobDocument,
): Promise<FastifyReply> {
  checkResultsReady(job);
  const asked = resultsRequestOf(job);
  const results = jobResults(job, asked, baseUrl(request, context.publicUrl));
  if (asked.response === 'document' || wantsHtml(request)) return reply.send(resultsDocument(job, results));
  const loaded = await Promise.all(results.map((result) => load(context, job, result)));
  if (loaded.every(isReference)) return sendReferences(reply, loaded);
  const [only, ...others] = loaded;
  if (only !== undefined && others.length === 0) return sendValue(request, reply, job, only);
  const { contentType, stream } = multipartRelated(loaded.map((result) => partOf(result)));
  return reply.type(contentType).send(stream);
}

async function load({ outputStore }: AdesContext, job: JobDocument, result: JobResult): Promise<Loaded> {
  const attempt = verdictAttempt(job);
  if (result.mode === 'reference' || !isLocated(result.value) || attempt === undefined) return result;
  const output = resolveOutput(job.results ?? {}, [result.id]);
  const stored = output.kind === 'stored' ? await outputStore.open(job.id, attempt, output.path) : undefined;
  return stored?.kind === 'file' ? { ...result, file: stored } : result;
}

/** By reference is also what has no bytes of its own to send: a directory, a file that is kept elsewhere, what only a step published. */
function isReference({ mode, value, url, file }: Loaded): boolean {
  return mode === 'reference' || (file === undefined && (isLocated(value) || value === url));
}

function sendReferences(reply: FastifyReply, results: readonly Loaded[]): FastifyReply {
  if (results.length > 0) {
    const links = results.map(({ id, url, mediaType }) => {
      return `<${encodeURI(decodeSafely(url))}>; rel="item"; type="${mediaType}"; title="${pathSegment(id)}"`;
    });
    reply.header('link', links);
  }
  return reply.code(204).send();
}

/** An URL of a step may hold what no header can. */
function decodeSafely(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}

function sendValue(request: FastifyRequest, reply: FastifyReply, job: JobDocument, result: Loaded): FastifyReply {
  if (result.file === undefined) {
    const { contentType, text } = literal(result);
    return reply.type(contentType).header('x-content-type-options', 'nosniff').send(text);
  }
  if (request.method === 'GET') return sendFile(request, reply, result.file, `"${job.id}-${verdictAttempt(job)}"`);
  return reply
    .type(contentTypeOf(result.file.name))
    .header('x-content-type-options', 'nosniff')
    .send(result.file.read());
}

function partOf(result: Loaded): Part {
  const id = { 'Content-ID': pathSegment(result.id) };
  const { file } = result;
  if (isReference(result)) {
    const headers = {
      'Content-Type': result.mediaType,
      ...id,
      'Content-Location': encodeURI(decodeSafely(result.url)),
    };
    return { headers, content: () => '' };
  }
  if (file !== undefined) {
    const headers = { 'Content-Type': contentTypeOf(file.name), ...id, 'Content-Length': String(file.sizeBytes) };
    return { headers, content: () => file.read() };
  }
  const { contentType, text } = literal(result);
  return { headers: { 'Content-Type': contentType, ...id }, content: () => text };
}

/** A text is sent bare, any other value as JSON. */
function literal({ value }: JobResult): { contentType: string; text: string } {
  if (typeof value === 'string') return { contentType: 'text/plain; charset=utf-8', text: value };
  return { contentType: 'application/json; charset=utf-8', text: JSON.stringify(value) };
}
