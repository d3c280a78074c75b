import { expect, it } from 'vitest';
import { prefersHtml } from './prefers-html.ts';

it.each([
  [undefined, false],
  ['*/*', false],
  ['application/json', false],
  ['text/html', true],
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', true],
  ['text/html;q=0.5, application/json', false],
  ['application/json;q=0.5, text/html', true],
  ['text/html;q=0', false],
])('Accept %s asks for HTML: %s', (accept, html) => {
  expect(prefersHtml(accept)).toBe(html);
});
