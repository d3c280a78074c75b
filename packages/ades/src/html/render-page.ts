import { isJsonObject, type Json, type JsonObject } from '@daybook/jobs';
import { type Link, ogcRelation } from '../http/links.ts';
import { type Html, html } from './html.ts';
import { jobSearchForm } from './job-search-form.ts';
import { renderMembers, renderTable, renderValue } from './render-value.ts';

/** What was asked for. */
export interface PageRequest {
  readonly baseUrl: string;
  /** Path and query of the request. */
  readonly path: string;
  readonly status: number;
}

/** Links that say nothing to a person who is on the page, or that only a program can follow. */
const OWN_RELATIONS: ReadonlySet<string> = new Set(['self', 'alternate', 'monitor', ogcRelation('execute')]);
const PAGE_RELATIONS: ReadonlySet<string> = new Set(['prev', 'next']);
const OPEN: ReadonlySet<unknown> = new Set(['accepted', 'running']);
const REFRESH_SECONDS = 5;

/** An answer as a page: its lists as tables, its members by their names, its links to follow. Works without scripts; all that an answer says is escaped. */
export function renderPage(answer: object, request: PageRequest): string {
  const content = JSON.parse(JSON.stringify(answer)) as JsonObject;
  const url = new URL(request.path, 'http://localhost');
  const segments = url.pathname
    .split('/')
    .filter((segment) => segment !== '')
    .map(decoded);
  const title = titleOf(content, segments);
  const isOpenJob = content.jobID !== undefined && OPEN.has(content.status) && segments.length <= 4;
  const { html: page } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
${isOpenJob ? html`<meta http-equiv="refresh" content="${REFRESH_SECONDS}">` : undefined}
<title>${title} – Daybook</title>
<link rel="stylesheet" href="${request.baseUrl}/style.css">
</head>
<body>
<header>${crumbs(segments, request.baseUrl)}</header>
<main>
<h1>${title}</h1>
${body(content, segments, url.searchParams, request)}
</main>
<footer><a href="${asJson(url, request.baseUrl)}">This page as JSON</a> · <a href="${request.baseUrl}/api/docs">API documentation</a></footer>
</body>
</html>
`;
  return page;
}

function body(content: JsonObject, segments: readonly string[], query: URLSearchParams, request: PageRequest): Html {
  const { links: allLinks = [], title, description, ...members } = content;
  const links = (Array.isArray(allLinks) ? allLinks : []).filter(isJsonObject) as unknown as readonly Link[];
  const isJobList = segments.length === 1 && segments[0] === 'jobs';
  const entries = Object.entries(members).filter(([name]) => name !== 'process' || !isJsonObject(members.inputs));
  return html`${typeof description === 'string' && description !== '' ? html`<p class="lead">${description}</p>` : undefined}
${isJobList && request.status === 200 ? jobSearchForm(request.baseUrl, query) : undefined}
${pictures(links)}
${sections(entries as readonly [string, Json][], request)}
${pager(links)}
${linkList(links.filter(({ rel, type }) => !OWN_RELATIONS.has(rel) && !PAGE_RELATIONS.has(rel) && type !== PICTURE))}`;
}

const PICTURE = 'image/svg+xml';

function pictures(links: readonly Link[]): Html {
  return html`${links
    .filter(({ type }) => type === PICTURE)
    .map(
      ({ href, title = '' }) =>
        html`<figure class="wide"><a href="${href}"><img src="${href}" alt="${title}"></a></figure>`,
    )}`;
}

/** Short members first, together; then each list and object below a heading of its own. */
function sections(entries: readonly [string, Json][], page: PageRequest): Html {
  const isLong = ([, value]: readonly [string, Json]): boolean =>
    isJsonObject(value) || (Array.isArray(value) && value.some((item) => typeof item === 'object'));
  const short = entries.filter((entry) => !isLong(entry));
  const long = entries.filter(isLong);
  const only = entries.length === 1 && short.length === 0 && long.length === 1;
  return html`${short.length > 0 ? renderMembers(short, page) : undefined}
${long.map(([name, value]) => html`<section>${only ? undefined : html`<h2>${name}</h2>`}${listOrValue(value, name, page)}</section>`)}`;
}

function listOrValue(value: Json, name: string, page: PageRequest): Html {
  const isList = Array.isArray(value) && value.length > 0 && value.every(isJsonObject);
  return isList ? renderTable(value as readonly JsonObject[], name, page) : renderValue(value, name, page);
}

function pager(links: readonly Link[]): Html | undefined {
  const pages = links.filter(({ rel }) => PAGE_RELATIONS.has(rel)).sort((a, b) => (a.rel < b.rel ? 1 : -1));
  if (pages.length === 0) return undefined;
  const names: Readonly<Record<string, string>> = { prev: '← previous', next: 'next →' };
  return html`<nav class="pages">${pages.map(({ rel, href }) => html`<a rel="${rel}" href="${href}">${names[rel]}</a> `)}</nav>`;
}

function linkList(links: readonly Link[]): Html | undefined {
  if (links.length === 0) return undefined;
  const items = links.map(({ href, rel, title }) => html`<li><a href="${href}">${title ?? rel}</a></li>\n`);
  return html`<nav class="links"><ul>${items}</ul></nav>`;
}

function crumbs(segments: readonly string[], baseUrl: string): Html {
  const paths = segments.map((_, i) =>
    segments
      .slice(0, i + 1)
      .map(encodeURIComponent)
      .join('/'),
  );
  return html`<nav><a class="home" href="${baseUrl}/">Daybook</a>${segments.map(
    (segment, i) =>
      html` <span>/</span> ${isPage(segments, i) ? html`<a href="${baseUrl}/${paths[i]}">${segment}</a>` : segment}`,
  )}</nav><nav><a href="${baseUrl}/processes">processes</a> <a href="${baseUrl}/jobs">jobs</a> <a href="${baseUrl}/health">health</a></nav>`;
}

/** Outputs are listed on their job's page, and the parts of a log's name lead nowhere. */
function isPage(segments: readonly string[], i: number): boolean {
  const isLast = i === segments.length - 1;
  return isLast || !(segments[i] === 'outputs' || segments.slice(0, i).includes('logs'));
}

function titleOf({ title, jobID }: JsonObject, segments: readonly string[]): string {
  if (typeof title === 'string' && title !== '') return title;
  if (typeof jobID === 'string') return `Job ${jobID}`;
  const name = segments.at(-1) ?? 'Daybook';
  return segments.length === 1 ? `${name.charAt(0).toUpperCase()}${name.slice(1)}` : name;
}

function asJson(url: URL, baseUrl: string): string {
  const query = new URLSearchParams([...url.searchParams].filter(([, value]) => value !== ''));
  query.set('f', 'json');
  return `${baseUrl}${url.pathname}?${query}`;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
