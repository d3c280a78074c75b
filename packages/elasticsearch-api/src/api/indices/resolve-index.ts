import type { Engine, Index } from '@daybook/search-engine';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { isClosed } from '../../indices/closed-indices.ts';
import { type IndicesOptions, indicesOptions } from '../../indices/indices-options.ts';
import { settingOf } from '../../indices/settings.ts';
import { matchesPattern } from '../../wildcards/wildcard.ts';

/** Which indices and aliases patterns match. */
export const resolveIndex: Endpoint = endpoint({
  routes: ['GET /_resolve/index/{name}'],
  parameters: { expand_wildcards: 'list', ignore_unavailable: 'boolean', allow_no_indices: 'boolean' },
  handle: ({ engine, parts, parameters }) => {
    const patterns = (parts.name ?? '').split(',').map((pattern) => (pattern === '_all' ? '*' : pattern));
    const matches = (name: string): boolean => patterns.some((pattern) => matchesPattern(pattern, name));
    const options = indicesOptions('none', parameters);
    const all = engine.indices();
    const aliases = new Map<string, string[]>();
    for (const index of all) {
      for (const alias of Object.keys(index.aliases()).filter(matches)) {
        aliases.set(alias, [...(aliases.get(alias) ?? []), index.name]);
      }
    }
    const indices = all
      .filter((index) => patterns.includes(index.name) || (matches(index.name) && isExpanded(engine, index, options)))
      .map((index) => {
        const names = Object.keys(index.aliases()).sort();
        return {
          name: index.name,
          aliases: names.length === 0 ? undefined : names,
          attributes: [isClosed(engine, index.name) ? 'closed' : 'open'],
        };
      });
    return {
      body: {
        indices,
        aliases: [...aliases]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, targets]) => ({ name, indices: targets })),
        data_streams: [],
      },
    };
  },
});

/** Whether a wildcard stands for the index; aliases are listed with closed and hidden indices too. */
function isExpanded(engine: Engine, index: Index, options: IndicesOptions): boolean {
  if (settingOf(index, 'hidden') === 'true' && !options.expandHidden) return false;
  return isClosed(engine, index.name) ? options.expandClosed : options.expandOpen;
}
