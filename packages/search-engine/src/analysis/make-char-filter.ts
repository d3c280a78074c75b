import type { CharFilter } from './char-filters/char-filter.ts';
import { htmlStripCharFilter } from './char-filters/html-strip.ts';
import { mappingCharFilter } from './char-filters/mapping.ts';
import { patternReplaceCharFilter } from './char-filters/pattern-replace.ts';
import type { ComponentSettings } from './component-settings.ts';

/** The char filter of a type; undefined when there is no such type. */
export function makeCharFilter(type: string, settings: ComponentSettings): CharFilter | undefined {
  switch (type) {
    case 'html_strip':
      return htmlStripCharFilter(settings);
    case 'mapping':
      return mappingCharFilter(settings);
    case 'pattern_replace':
      return patternReplaceCharFilter(settings);
    default:
      return undefined;
  }
}
