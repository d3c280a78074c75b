import { type Analysis, type Analyzer, type Index, parseAnalysis } from '@daybook/search-engine';
import { illegalArgument } from '../errors/errors.ts';
import { mappedFields } from '../indices/mapped-fields.ts';
import { flattenSettings, nestSettings } from '../indices/settings.ts';
import { isJsonObject, type JsonObject } from '../json/json.ts';
import type { AnalyzeRequest, Component } from './parse-analyze-request.ts';

/** One step as it is explained: the tokens after it are what `analyzer` makes of the text. */
interface Stage {
  readonly name: string;
  readonly analyzer: Analyzer;
}

/** What a text goes through. `stages` are the tokenizer and each filter after it; a built-in analyzer shows none, nor char filters, each of which makes one token. */
export interface AnalysisChain {
  readonly name: string;
  readonly whole: Analyzer;
  readonly charFilters: readonly Stage[];
  readonly stages: readonly Stage[];
  /** Positions between two texts: 0 for what belongs to no index. */
  readonly gap: number;
}

interface CustomAnalysis {
  readonly charFilters: readonly Component[];
  readonly tokenizer: Component;
  readonly filters: readonly Component[];
}

/** Finds or builds what a request asks to analyse with. */
export function analysisChain(request: AnalyzeRequest, index: Index | undefined): AnalysisChain {
  const settings = analysisSettings(index);
  const { analyzer, normalizer, tokenizer, charFilters, filters, field } = request;
  if (analyzer !== undefined) return namedChain(analyzer, settings, index);
  if (normalizer !== undefined) return normalizerChain(normalizer, settings);
  if (tokenizer !== undefined || charFilters.length > 0 || filters.length > 0) {
    return customChain('_custom_', { charFilters, tokenizer: tokenizer ?? 'keyword', filters }, settings, 0);
  }
  if (field === undefined) return namedChain(index === undefined ? 'standard' : 'default', settings, index);
  if (index === undefined) throw illegalArgument('analysis based on a specific field requires an index');
  const mapped = mappedFields(index.mappings()).find((candidate) => candidate.path === field);
  if (mapped === undefined) return namedChain('default', settings, index);
  if (mapped.type === 'text') return namedChain(String(mapped.definition.analyzer ?? 'default'), settings, index);
  if (mapped.type !== 'keyword') {
    throw illegalArgument(`Can't process field [${field}], Analysis requests are only supported on tokenized fields`);
  }
  if (mapped.definition.normalizer === undefined) return namedChain('keyword', settings, index);
  return normalizerChain(String(mapped.definition.normalizer), settings);
}

/** What an index says of analysis, in the form in which `parseAnalysis` takes it. */
interface AnalysisSettings {
  readonly analysis: JsonObject;
  readonly max_ngram_diff?: unknown;
}

function analysisSettings(index: Index | undefined): AnalysisSettings {
  if (index === undefined) return { analysis: {} };
  const { index: settings } = nestSettings(flattenSettings(index.settings()));
  if (!isJsonObject(settings)) return { analysis: {} };
  const { analysis, max_ngram_diff } = settings;
  return {
    analysis: isJsonObject(analysis) ? analysis : {},
    ...(max_ngram_diff === undefined ? {} : { max_ngram_diff }),
  };
}

function member(object: JsonObject, group: string, name: string): JsonObject | undefined {
  const members = object[group];
  if (!isJsonObject(members) || !Object.hasOwn(members, name)) return undefined;
  const found = members[name];
  return isJsonObject(found) ? found : undefined;
}

function namedChain(name: string, settings: AnalysisSettings, index: Index | undefined): AnalysisChain {
  const own = member(settings.analysis, 'analyzer', name);
  if (own?.tokenizer !== undefined) {
    const custom = {
      charFilters: listOf(own.char_filter),
      tokenizer: String(own.tokenizer),
      filters: listOf(own.filter),
    };
    return customChain(name, custom, settings, undefined);
  }
  const whole = parseAnalysis({ ...settings }).analyzer(name);
  if (whole === undefined) {
    throw illegalArgument(`failed to find ${index === undefined ? 'global ' : ''}analyzer [${name}]`);
  }
  return { name, whole, charFilters: [], stages: [], gap: index === undefined ? 0 : whole.positionIncrementGap };
}

function normalizerChain(name: string, settings: AnalysisSettings): AnalysisChain {
  const own = member(settings.analysis, 'normalizer', name);
  if (own === undefined && name !== 'lowercase') throw illegalArgument(`failed to find normalizer under [${name}]`);
  const filters = own === undefined || own.type === 'lowercase' ? ['lowercase'] : listOf(own.filter);
  return customChain(name, { charFilters: listOf(own?.char_filter), tokenizer: 'keyword', filters }, settings, 0);
}

function listOf(filters: unknown): readonly string[] {
  if (filters === undefined || filters === null) return [];
  return (Array.isArray(filters) ? filters : String(filters).split(',')).map((filter) => String(filter).trim());
}

/** Builds one analyzer for each stage: what the tokenizer gives alone, with the first filter, and so on. */
function customChain(
  name: string,
  custom: CustomAnalysis,
  settings: AnalysisSettings,
  gap: number | undefined,
): AnalysisChain {
  const added: { [group: string]: Record<string, JsonObject> } = {
    char_filter: {},
    tokenizer: {},
    filter: {},
    analyzer: {},
  };
  const register = (group: 'char_filter' | 'tokenizer' | 'filter', component: Component): string => {
    if (typeof component === 'string') return component;
    const others = Object.keys(added[group]!).length;
    const key = others === 0 ? nameOf(component) : `${nameOf(component)}${others}`;
    added[group]![key] = component;
    return key;
  };
  const tokenizer = register('tokenizer', custom.tokenizer);
  const charFilters = custom.charFilters.map((filter) => register('char_filter', filter));
  const filters = custom.filters.map((filter) => register('filter', filter));
  const own = member(settings.analysis, 'analyzer', name) ?? {};
  for (let position = 0; position < charFilters.length; position++) {
    const definition = { type: 'custom', char_filter: charFilters.slice(0, position + 1), tokenizer: 'keyword' };
    added.analyzer![`__text__${position}`] = definition;
  }
  const stageNames = [custom.tokenizer, ...custom.filters].map((component, position) => {
    const definition = {
      ...own,
      type: 'custom',
      char_filter: charFilters,
      tokenizer,
      filter: filters.slice(0, position),
    };
    added.analyzer![`__stage__${position}`] = definition;
    return nameOf(component);
  });
  const groups = Object.keys(added).map((group) => {
    const given = isJsonObject(settings.analysis[group]) ? (settings.analysis[group] as JsonObject) : {};
    return [group, { ...given, ...added[group] }] as const;
  });
  const built = buildAnalysis({ ...settings, analysis: Object.fromEntries(groups) });
  const stages = stageNames.map((stage, position) => ({
    name: stage,
    analyzer: built.analyzer(`__stage__${position}`)!,
  }));
  const texts = custom.charFilters.map((component, position) => ({
    name: nameOf(component),
    analyzer: built.analyzer(`__text__${position}`)!,
  }));
  const whole = stages.at(-1)!.analyzer;
  return { name, whole, charFilters: texts, stages, gap: gap ?? whole.positionIncrementGap };
}

function nameOf(component: Component): string {
  return typeof component === 'string' ? component : `__anonymous__${component.type}`;
}

/** compat: a component that is missing is named alone, without the analyzer that it was asked for. */
function buildAnalysis(settings: AnalysisSettings): Analysis {
  try {
    return parseAnalysis({ ...settings });
  } catch (error) {
    const { message } = error as Error;
    const missing =
      /failed to find (tokenizer|char_filter|filter) under name (\[.*\])$/s.exec(message) ??
      /^Unknown (char_filter) type (\[.*\]) for \[__anonymous__/s.exec(message);
    if (missing === null) throw error;
    throw illegalArgument(`failed to find global ${missing[1]} under ${missing[2]}`);
  }
}
