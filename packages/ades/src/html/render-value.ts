import { isJsonObject, type Json, type JsonObject } from '@daybook/jobs';
import type { Link } from '../http/links.ts';
import { type Html, html } from './html.ts';
import { schemaWords } from './schema-words.ts';
import { columnsOf } from './table-columns.ts';

/** Longer texts are cut; the JSON has them whole. */
const MAX_TEXT = 20_000;
const MAX_DEPTH = 5;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;
const STATUSES: ReadonlySet<string> = new Set([
  ...['accepted', 'running', 'successful', 'succeeded', 'failed', 'dismissed', 'submitted'],
  ...['ready', 'waiting', 'silent', 'stopped'],
]);

/** Members whose values name something that has a page. */
const RESOURCES: ReadonlyMap<string, string> = new Map([
  ['processID', 'processes/'],
  ['user-id', 'jobs?user='],
  ['retry-of', 'jobs/'],
  ['superseded-by', 'jobs/'],
]);

/** Where a page's values link to. */
export interface PageUrls {
  readonly baseUrl: string;
}

/** A value of an answer as HTML; `name` is the member that it stands in. */
export function renderValue(value: Json, name: string, page: PageUrls, depth = 0): Html {
  if (value === null) return html`<span class="none">none</span>`;
  if (typeof value === 'string') return renderText(value, name, page);
  if (typeof value !== 'object') return html`${String(value)}`;
  if (name === 'schema' && isJsonObject(value)) return html`${schemaWords(value)}`;
  if (depth >= MAX_DEPTH) return html`<code class="json">${cut(JSON.stringify(value))}</code>`;
  if (Array.isArray(value)) return renderArray(value, name, page, depth);
  return isJsonObject(value) ? renderObject(value, name, page, depth) : html``;
}

function renderText(text: string, name: string, { baseUrl }: PageUrls): Html {
  const resource = RESOURCES.get(name);
  if (resource !== undefined && text !== '') {
    return html`<a href="${baseUrl}/${resource}${encodeURIComponent(text).replaceAll('%3A', ':')}">${text}</a>`;
  }
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return html`<a href="${text}">${shortUrl(text)}</a>`;
  if (INSTANT.test(text)) return html`<time datetime="${text}">${text.slice(0, 19).replace('T', ' ')}Z</time>`;
  if (STATUSES.has(text) && /^(status|state)$/.test(name)) return html`<span class="status ${text}">${text}</span>`;
  if (text === '') return html`<span class="none">empty</span>`;
  return text.includes('\n') ? html`<pre>${cut(text)}</pre>` : html`${cut(text)}`;
}

function shortUrl(url: string): string {
  return url.length <= 60 ? url : `…${url.slice(-57)}`;
}

function cut(text: string): string {
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT)} … (${text.length} characters)`;
}

function renderArray(items: readonly Json[], name: string, page: PageUrls, depth: number): Html {
  if (items.length === 0) return html`<span class="none">none</span>`;
  if (items.every(isJsonObject)) return renderTable(items as readonly JsonObject[], name, page, depth);
  if (name === 'labels') {
    const href = (label: Json): string => `${page.baseUrl}/jobs?label=${encodeURIComponent(String(label))}`;
    return html`${items.map((label) => html`<a class="label" href="${href(label)}">${String(label)}</a> `)}`;
  }
  const isShort = items.every((item) => typeof item !== 'object' && !/^https?:|\n/.test(String(item)));
  if (isShort) return html`${items.map(String).join(', ')}`;
  return html`<ul>${items.map((item) => html`<li>${renderValue(item, name, page, depth + 1)}</li>`)}</ul>`;
}

/** Objects of one kind as a table. */
export function renderTable(rows: readonly JsonObject[], name: string, page: PageUrls, depth = 0): Html {
  const columns = columnsOf(name, rows);
  const cell = (row: JsonObject, column: string, isFirst: boolean): Html => {
    const value = row[column];
    if (value === undefined) return html`<td></td>`;
    const target = isFirst ? ownUrl(row) : undefined;
    if (target !== undefined && typeof value === 'string') {
      return html`<td class="c-${column}"><a href="${target}">${value}</a></td>`;
    }
    return html`<td class="c-${column}">${renderValue(value, column, page, depth + 1)}</td>`;
  };
  return html`<div class="wide"><table><thead><tr>${columns.map((column) => html`<th>${column}</th>`)}</tr></thead><tbody>
${rows.map((row) => html`<tr>${columns.map((column, i) => cell(row, column, i === 0))}</tr>\n`)}</tbody></table></div>`;
}

function ownUrl({ links, href }: JsonObject): string | undefined {
  const self = Array.isArray(links)
    ? (links as unknown as readonly Link[]).find(({ rel }) => rel === 'self')
    : undefined;
  const url = self?.href ?? href;
  return typeof url === 'string' && /^https?:\/\//.test(url) ? url : undefined;
}

function renderObject(object: JsonObject, name: string, page: PageUrls, depth: number): Html {
  const { href, title } = object;
  if (typeof href === 'string' && /^https?:\/\//.test(href)) {
    return html`<a href="${href}">${typeof title === 'string' ? title : shortUrl(href)}</a>`;
  }
  const members = Object.entries(object).filter((entry): entry is [string, Json] => entry[1] !== undefined);
  if (members.length === 0) return html`<span class="none">none</span>`;
  const isTable = members.every(
    ([, value]) => isJsonObject(value) && typeof value.title === 'string' && value.href === undefined,
  );
  if (isTable) {
    const rows = members.map(([id, value]) => ({ id, ...(value as JsonObject) }));
    return renderTable(rows, name, page, depth);
  }
  return renderMembers(members, page, depth);
}

/** Members of an object by their names. */
export function renderMembers(members: readonly (readonly [string, Json])[], page: PageUrls, depth = 0): Html {
  return html`<dl>${members.map(
    ([name, value]) => html`<dt>${name}</dt><dd>${renderValue(value, name, page, depth + 1)}</dd>\n`,
  )}</dl>`;
}
