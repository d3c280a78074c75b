import type { Link } from '../http/links.ts';

const STYLE =
  'body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem}li{margin:.3rem 0}code{color:#555}';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The landing page for a person: the same links. */
export function renderLandingPage(title: string, description: string, links: readonly Link[]): string {
  const items = links.map(
    ({ href, rel, title: text }) =>
      `<li><a href="${escapeHtml(href)}">${escapeHtml(text ?? href)}</a> <code>${escapeHtml(rel.replace(/^.*\//, ''))}</code></li>`,
  );
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><h1>${escapeHtml(title)}</h1><p>${escapeHtml(description)}</p><ul>
${items.join('\n')}
</ul></body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character]!);
}
