import { analysisChain } from '../../analyze/analysis-chain.ts';
import { parseAnalyzeRequest } from '../../analyze/parse-analyze-request.ts';
import { renderTokens } from '../../analyze/render-tokens.ts';
import { parseError } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { settingOf } from '../../indices/settings.ts';
import { readableIndex } from '../../indices/single-index.ts';
import { parseJsonBody } from '../../json/parse-json.ts';

const defaultMaxTokens = 10_000;

/** The terms that an analyzer, a field, a normalizer, or a tokenizer with filters makes of texts. */
export const analyze: Endpoint = endpoint({
  routes: ['GET', 'POST'].flatMap((method) => [`${method} /_analyze`, `${method} /{index}/_analyze`]),
  parameters: { index: 'string' },
  handle: ({ engine, parts, parameters, body }) => {
    const name = parts.index ?? parameters.index;
    const index = name === undefined ? undefined : readableIndex(engine, name);
    const json = parseJsonBody(body);
    if (json === undefined) throw parseError('request body or source parameter is required');
    const request = parseAnalyzeRequest(json, index !== undefined);
    const { whole, charFilters, stages, name: chainName, gap } = analysisChain(request, index);
    const limit = index === undefined ? undefined : settingOf(index, 'analyze.max_token_count');
    const options = { gap, maxTokens: Number(limit ?? defaultMaxTokens) };
    if (!request.explain) return { body: { tokens: renderTokens(whole, request.texts, options) } };
    const detailed = { ...options, attributes: request.attributes };
    const [tokenizer, ...filters] = stages.map((stage) => ({
      name: stage.name,
      tokens: renderTokens(stage.analyzer, request.texts, detailed),
    }));
    if (tokenizer !== undefined) {
      const charfilters = charFilters.map((filter) => ({
        name: filter.name,
        filtered_text: request.texts.map((text) => filter.analyzer.analyze(text)[0]?.term ?? ''),
      }));
      return { body: { detail: { custom_analyzer: true, charfilters, tokenizer, tokenfilters: filters } } };
    }
    const analyzer = { name: chainName, tokens: renderTokens(whole, request.texts, detailed) };
    return { body: { detail: { custom_analyzer: false, analyzer } } };
  },
});
