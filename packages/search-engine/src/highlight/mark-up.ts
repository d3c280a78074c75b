import type { HighlightField } from './highlight.ts';

/** How the parts of a fragment are written. */
export interface MarkUp {
  plain(text: string): string;
  marked(text: string): string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '"': '&quot;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&#x27;',
  '/': '&#x2F;',
};

/** The field's tags around what is marked, and with the HTML encoder its entities in all text; `number` chooses among several tags. */
export function markUpOf({ encoder, preTags, postTags }: HighlightField, number = 0): MarkUp {
  const preTag = preTags[number % preTags.length]!;
  const postTag = postTags[number % postTags.length]!;
  const plain =
    encoder === 'html'
      ? (text: string) => text.replace(/["&<>'/]/g, (sign) => ENTITIES[sign]!)
      : (text: string) => text;
  return { plain, marked: (text) => preTag + plain(text) + postTag };
}
