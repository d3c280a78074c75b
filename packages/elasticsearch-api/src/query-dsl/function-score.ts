import type { BoostMode, Query, ScoreFunction, ScoreFunctionKind, ScoreMode } from '@daybook/search-engine';
import { illegalArgument, parsingError } from '../errors/errors.ts';
import { defined, isJsonObject, type JsonObject, tokenOf } from '../json/json.ts';
import { requireObject } from './field-query.ts';
import { toNumber } from './option-readers.ts';
import { parseNested, type QueryContext, type QueryParser } from './query-context.ts';
import { scoreFunctions } from './score-functions.ts';

const ADVICE = 'use [functions] array if you want to define several functions.';
const CONSTANT: ScoreFunctionKind = { kind: 'constant' };
/** compat: null counts as absent. */
const NUMBERS: ReadonlySet<string> = new Set(['boost', 'weight', 'max_boost', 'min_score']);
const SCORE_MODES: readonly ScoreMode[] = ['first', 'avg', 'max', 'sum', 'min', 'multiply'];
const BOOST_MODES: readonly BoostMode[] = ['multiply', 'replace', 'sum', 'avg', 'min', 'max'];

/** A query whose scores functions change: one that stands in it, or a list of them. */
export const parseFunctionScore: QueryParser = (body, context) => {
  const query: {
    query: Query;
    functions: readonly ScoreFunction[];
    scoreMode: ScoreMode;
    boostMode: BoostMode;
    [name: string]: unknown;
  } = { query: { type: 'matchAll' }, functions: [], scoreMode: 'multiply', boostMode: 'multiply' };
  let single: ScoreFunctionKind | undefined;
  let singleName = '';
  let weight: number | undefined;
  for (const [name, value] of Object.entries(requireObject('function_score', body))) {
    if (value === null && NUMBERS.has(name)) continue;
    const read = scoreFunctions.get(name);
    if (name === 'query') query.query = parseNested(value, context);
    else if (name === 'functions') query.functions = parseFunctions(value, context);
    else if (name === 'score_mode') query.scoreMode = oneOf(SCORE_MODES, 'FunctionScoreQuery.ScoreMode', value);
    else if (name === 'boost_mode') query.boostMode = oneOf(BOOST_MODES, 'CombineFunction', value);
    else if (name === 'max_boost') query.maxBoost = toNumber(value);
    else if (name === 'min_score') query.minScore = toNumber(value);
    else if (name === 'boost') query.boost = toNumber(value);
    else if (name === '_name') query.name = String(value);
    else if (name === 'weight') weight = weightOf(value);
    else if (read === undefined) throw malformed(`field [${name}] is not supported`);
    else if (single !== undefined) {
      throw malformed(`already found function [${singleName}], now encountering [${name}]. ${ADVICE}`);
    } else {
      single = read(requireObject(name, value));
      singleName = name;
    }
  }
  if (single !== undefined || weight !== undefined) {
    if (query.functions.length > 0) {
      throw malformed(`already found [functions] array, now encountering a function. ${ADVICE}`);
    }
    query.functions = [defined({ score: single ?? CONSTANT, weight })];
  }
  return { type: 'functionScore', ...query };
};

function parseFunctions(value: unknown, context: QueryContext): readonly ScoreFunction[] {
  if (!Array.isArray(value)) throw malformed('field [functions] is not supported');
  return value.map((element: unknown) => {
    if (!isJsonObject(element)) {
      throw malformed(`expected a [START_OBJECT] while parsing functions but got a [${tokenOf(element)}] instead`);
    }
    return parseFunction(element, context);
  });
}

function parseFunction(element: JsonObject, context: QueryContext): ScoreFunction {
  let kind: ScoreFunctionKind | undefined;
  let filter: Query | undefined;
  let weight: number | undefined;
  for (const [name, value] of Object.entries(element)) {
    const read = scoreFunctions.get(name);
    if (name === 'filter') filter = parseNested(value, context);
    else if (name === 'weight') weight = weightOf(value);
    else if (read === undefined) throw malformed(`field [${name}] is not supported`);
    else if (kind !== undefined) {
      throw malformed(`already found a function, now encountering [${name}]. ${ADVICE}`);
    } else kind = read(requireObject(name, value));
  }
  if (kind === undefined && weight === undefined) {
    throw malformed('an entry in functions list is missing a function.');
  }
  return defined({ score: kind ?? CONSTANT, filter, weight });
}

function malformed(problem: string): Error {
  return parsingError(`failed to parse [function_score] query. ${problem}`);
}

function weightOf(value: unknown): number {
  const weight = toNumber(value);
  if (weight < 0) throw illegalArgument('[weight] cannot be negative for a filtering function');
  return weight;
}

function oneOf<T extends string>(known: readonly T[], javaType: string, value: unknown): T {
  const name = String(value).toLowerCase();
  const found = known.find((each) => each === name);
  if (found !== undefined) return found;
  const javaPackage = 'org.elasticsearch.common.lucene.search.function';
  throw illegalArgument(`No enum constant ${javaPackage}.${javaType}.${name.toUpperCase()}`);
}
