import type { Analyzer, Token } from '@daybook/search-engine';
import { illegalState } from '../errors/errors.ts';
import type { JsonTree } from '../json/json.ts';

/** How the tokens of an answer are counted and told. */
export interface TokenOptions {
  readonly gap: number;
  readonly maxTokens: number;
  /** Attributes that only an explanation has; undefined for an answer that explains nothing. */
  readonly attributes?: readonly string[];
}

/** Analyses texts one after the other, as values of one field: positions and offsets go on where the last text ended. */
export function renderTokens(analyzer: Analyzer, texts: readonly string[], options: TokenOptions): readonly JsonTree[] {
  const rendered: JsonTree[] = [];
  let [firstPosition, firstOffset] = [0, 0];
  for (const text of texts) {
    const tokens = analyzer.analyze(text);
    if (rendered.length + tokens.length > options.maxTokens) {
      throw illegalState(
        `The number of tokens produced by calling _analyze has exceeded the allowed maximum of [${options.maxTokens}]. ` +
          'This limit can be set by changing the [index.analyze.max_token_count] index level setting.',
      );
    }
    for (const token of tokens) {
      rendered.push({
        token: token.term,
        start_offset: firstOffset + token.startOffset,
        end_offset: firstOffset + token.endOffset,
        type: token.type,
        position: firstPosition + token.position,
        ...(options.attributes === undefined ? {} : explained(token, options.attributes)),
      });
    }
    firstPosition += (tokens.at(-1)?.position ?? -1) + 1 + options.gap;
    firstOffset += text.length + 1;
  }
  return rendered;
}

function explained(token: Token, attributes: readonly string[]): { readonly [name: string]: JsonTree } {
  const bytes = [...Buffer.from(token.term)].map((byte) => byte.toString(16)).join(' ');
  const all = { bytes: `[${bytes}]`, positionLength: 1, termFrequency: 1 };
  if (attributes.length === 0) return all;
  return Object.fromEntries(Object.entries(all).filter(([name]) => attributes.includes(name)));
}
