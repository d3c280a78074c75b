import { parseBool } from './bool.ts';
import { parseBoosting } from './boosting.ts';
import { parseCommon } from './common.ts';
import { parseConstantScore } from './constant-score.ts';
import { parseDisMax } from './dis-max.ts';
import { parseExists } from './exists.ts';
import { parseFunctionScore } from './function-score.ts';
import { parseFuzzy } from './fuzzy.ts';
import { parseIds } from './ids.ts';
import { parseMatch } from './match.ts';
import { parseMatchAll } from './match-all.ts';
import { parseMatchBoolPrefix } from './match-bool-prefix.ts';
import { parseMatchNone } from './match-none.ts';
import { parseMatchPhrase } from './match-phrase.ts';
import { parseMatchPhrasePrefix } from './match-phrase-prefix.ts';
import { parseMultiMatch } from './multi-match.ts';
import { parsePrefix } from './prefix.ts';
import type { QueryParser } from './query-context.ts';
import { parseQueryString } from './query-string.ts';
import { parseRange } from './range.ts';
import { parseRegexp } from './regexp.ts';
import { parseSimpleQueryString } from './simple-query-string.ts';
import { parseTerm } from './term.ts';
import { parseTerms } from './terms.ts';
import { parseWildcard } from './wildcard.ts';
import { parseWrapper } from './wrapper.ts';

/** Every query of the language, by its name on the wire. */
export const queryParsers: ReadonlyMap<string, QueryParser> = new Map([
  ['bool', parseBool],
  ['boosting', parseBoosting],
  ['common', parseCommon],
  ['constant_score', parseConstantScore],
  ['dis_max', parseDisMax],
  ['exists', parseExists],
  ['function_score', parseFunctionScore],
  ['fuzzy', parseFuzzy],
  ['ids', parseIds],
  ['match', parseMatch],
  ['match_all', parseMatchAll],
  ['match_bool_prefix', parseMatchBoolPrefix],
  ['match_none', parseMatchNone],
  ['match_phrase', parseMatchPhrase],
  ['match_phrase_prefix', parseMatchPhrasePrefix],
  ['multi_match', parseMultiMatch],
  ['prefix', parsePrefix],
  ['query_string', parseQueryString],
  ['range', parseRange],
  ['regexp', parseRegexp],
  ['simple_query_string', parseSimpleQueryString],
  ['term', parseTerm],
  ['terms', parseTerms],
  ['wildcard', parseWildcard],
  ['wrapper', parseWrapper],
]);

/** Queries that Elasticsearch has and this server does not. */
export const unsupportedQueries: ReadonlySet<string> = new Set(
  (
    'combined_fields distance_feature field_masking_span geo_bounding_box geo_distance geo_polygon ' +
    'geo_shape has_child has_parent intervals more_like_this nested parent_id percolate pinned rank_feature script ' +
    'script_score span_containing span_first span_multi span_near span_not span_or span_term span_within terms_set type'
  ).split(' '),
);
