import { illegalArgument, parsingError } from '../errors/errors.ts';
import { defined, tokenOf } from '../json/json.ts';
import { type AggregationParser, refuseBelow } from './aggregation-parser.ts';

const DEFAULT_SIZE = 3;

/** The parts of a search's body that choose, order and show hits. */
const searchParts: ReadonlySet<string> = new Set(
  (
    'from size sort track_scores _source docvalue_fields explain fields highlight script_fields seq_no_primary_term ' +
    'stored_fields version'
  ).split(' '),
);

/** The first hits of each bucket, shown as a search shows its own. */
export const parseTopHits: AggregationParser = (body, context) => {
  refuseBelow('top_hits', context);
  for (const [name, value] of Object.entries(body)) {
    const isNumber = name === 'from' || name === 'size';
    if (!searchParts.has(name) || (isNumber && typeof value === 'object')) {
      throw parsingError(`Unknown key for a ${tokenOf(value)} in [${name}].`);
    }
    if (isNumber && Number(value) < 0) {
      throw illegalArgument(
        `[${name}] must be greater than or equal to 0. Found [${Number(value)}] in [${context.name}]`,
      );
    }
  }
  const presentation = context.parseSearch({ size: DEFAULT_SIZE, ...body });
  const { from, size, sort, trackScores } = presentation.request;
  return defined({ type: 'topHits' as const, from, size, sort, trackScores, presentation, meta: context.meta });
};
