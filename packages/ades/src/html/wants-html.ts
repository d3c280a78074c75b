import type { FastifyRequest } from 'fastify';
import { prefersHtml } from '../http/prefers-html.ts';

/** Whether a request wants to be answered in HTML: `f=html` or `f=json` says so, else its `Accept` header. */
export function wantsHtml({ method, query, headers }: Pick<FastifyRequest, 'method' | 'query' | 'headers'>): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  const format = (query as { readonly f?: unknown } | undefined)?.f;
  return format === 'html' || (format !== 'json' && prefersHtml(headers.accept));
}
