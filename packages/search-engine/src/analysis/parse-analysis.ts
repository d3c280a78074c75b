import type { JsonObject } from '../mapping/json.ts';
import { isJsonObject } from '../mapping/json.ts';
import type { Analysis } from './analysis.ts';
import type { Analyzer, Normalizer } from './analyzer.ts';
import type { Tokenizer } from './built-in-analyzers.ts';
import {
  BUILT_IN_ANALYZERS,
  buildAnalyzer,
  letterTokenizer,
  MAX_TOKEN_LENGTH,
  POSITION_INCREMENT_GAP,
  standardTokenizer,
  stopFilter,
} from './built-in-analyzers.ts';
import { type CharFilter, filterText } from './char-filters/char-filter.ts';
import { htmlStripCharFilter } from './char-filters/html-strip.ts';
import { ComponentSettings, settingError } from './component-settings.ts';
import { nestSettings } from './index-settings.ts';
import { makeCharFilter } from './make-char-filter.ts';
import { fingerprint, makeFilter, stopWords } from './make-filter.ts';
import { makeTokenizer } from './make-tokenizer.ts';
import type { TokenFilter } from './token-filter.ts';
import { asciiFoldingFilter, lowerCaseFilter } from './token-filter.ts';
import { splitTokens } from './tokenizers/run-tokenizer.ts';
import { withinTime } from './within-time.ts';

/**
 * Parses `analysis` of an index's settings, flat or nested. Throws `invalid-argument` for a component that does not exist; `wasAccepted` says that the
 * settings were taken before, maybe by an earlier version that refused less.
 */
export function parseAnalysis(settings: JsonObject, wasAccepted = false): Analysis {
  const { analysis, max_ngram_diff: maxGramDiff = 1 } = nestSettings(settings);
  return new IndexAnalysis(isJsonObject(analysis) ? analysis : {}, Number(maxGramDiff), wasAccepted);
}

class IndexAnalysis implements Analysis {
  readonly #json: JsonObject;
  readonly #maxGramDiff: number;
  readonly #wasAccepted: boolean;
  readonly #analyzers: Map<string, Analyzer> = new Map(BUILT_IN_ANALYZERS);
  readonly #normalizers = new Map<string, Normalizer>();

  constructor(json: JsonObject, maxGramDiff: number, wasAccepted: boolean) {
    this.#json = json;
    this.#wasAccepted = wasAccepted;
    this.#maxGramDiff = maxGramDiff;
    // Those that are used nowhere were not read at all by earlier versions.
    if (!wasAccepted) for (const name of this.#names('char_filter')) this.#charFilter(name);
    for (const name of this.#names('analyzer')) this.#analyzers.set(name, this.#makeAnalyzer(name));
    for (const name of this.#names('normalizer')) this.#normalizers.set(name, this.#makeNormalizer(name));
    this.#normalizers.set('lowercase', { name: 'lowercase', normalize: lowerCaseFilter.normalize! });
  }

  analyzer(name: string): Analyzer | undefined {
    return this.#analyzers.get(name);
  }

  normalizer(name: string): Normalizer | undefined {
    return this.#normalizers.get(name);
  }

  #names(kind: string): readonly string[] {
    const group = this.#json[kind];
    return isJsonObject(group) ? Object.keys(group) : [];
  }

  #settings(kind: string, name: string): ComponentSettings | undefined {
    const group = this.#json[kind];
    if (!isJsonObject(group) || !Object.hasOwn(group, name)) return undefined;
    const json = group[name];
    if (!isJsonObject(json)) throw settingError(`${kind} [${name}] must be an object`);
    return new ComponentSettings(name, json, this.#wasAccepted);
  }

  #makeAnalyzer(name: string): Analyzer {
    const settings = this.#settings('analyzer', name)!;
    const type = settings.string('type') ?? (settings.string('tokenizer') === undefined ? undefined : 'custom');
    const options = { positionIncrementGap: settings.integer('position_increment_gap', POSITION_INCREMENT_GAP) };
    switch (type) {
      case undefined:
        throw settingError(`analyzer [${name}] must specify either an analyzer type, or a tokenizer`);
      case 'custom': {
        const charFilters = this.#charFilters(settings, 'Analyzer');
        return buildAnalyzer(name, this.#tokenizer(settings), this.#filters(settings), { ...options, charFilters });
      }
      case 'standard': {
        const maxLength = Math.max(1, settings.integer('max_token_length', MAX_TOKEN_LENGTH));
        return buildAnalyzer(
          name,
          standardTokenizer(maxLength),
          [lowerCaseFilter, stopFilter(stopWords(settings, '_none_'))],
          options,
        );
      }
      case 'stop':
        return buildAnalyzer(name, letterTokenizer, [lowerCaseFilter, stopFilter(stopWords(settings))], options);
      case 'fingerprint': {
        const filters = [lowerCaseFilter, asciiFoldingFilter, stopFilter(stopWords(settings, '_none_'))];
        return buildAnalyzer(name, standardTokenizer(MAX_TOKEN_LENGTH), [...filters, fingerprint(settings)], options);
      }
      case 'pattern': {
        const pattern = settings.pattern('pattern', '\\W+');
        const lower = settings.boolean('lowercase', true) ? [lowerCaseFilter] : [];
        const stop = stopFilter(stopWords(settings, '_none_'));
        const split = (text: string) => withinTime(pattern, () => splitTokens(text, pattern));
        return buildAnalyzer(name, split, [...lower, stop], options);
      }
      default: {
        const builtIn = BUILT_IN_ANALYZERS.get(type);
        if (builtIn === undefined) throw settingError(`Unknown analyzer type [${type}] for [${name}]`);
        return { ...builtIn, name, ...options };
      }
    }
  }

  #makeNormalizer(name: string): Normalizer {
    const settings = this.#settings('normalizer', name)!;
    const type = settings.string('type') ?? 'custom';
    if (type !== 'custom' && type !== 'lowercase')
      throw settingError(`Unknown normalizer type [${type}] for [${name}]`);
    const charFilters = this.#charFilters(settings, 'normalizer');
    const unfit = settings.strings('char_filter')?.find((_, at) => charFilters[at]?.normalizes === false);
    if (unfit !== undefined) throw settingError(`Custom normalizer [${name}] may not use char filter [${unfit}]`);
    const filters = type === 'lowercase' ? [lowerCaseFilter] : this.#filters(settings);
    const steps = filters.map((filter) => {
      if (filter.normalize !== undefined) return filter.normalize;
      throw settingError(`Custom normalizer [${name}] may not use filter that does not work letter by letter`);
    });
    return { name, normalize: (text) => steps.reduce((term, step) => step(term), filterText(text, charFilters).text) };
  }

  #charFilters(settings: ComponentSettings, kind: 'Analyzer' | 'normalizer'): readonly CharFilter[] {
    return (settings.strings('char_filter') ?? []).map((name) => {
      const filter = this.#charFilter(name);
      if (filter !== undefined) return filter;
      if (name === 'html_strip') return htmlStripCharFilter(this.#without(name));
      throw settingError(`Custom ${kind} [${settings.name}] failed to find char_filter under name [${name}]`);
    });
  }

  /** Undefined when the settings have none of that name. */
  #charFilter(name: string): CharFilter | undefined {
    const own = this.#settings('char_filter', name);
    const type = own?.string('type');
    if (own === undefined || type === undefined) return undefined;
    const filter = makeCharFilter(type, own);
    if (filter === undefined) throw settingError(`Unknown char_filter type [${type}] for [${name}]`);
    return filter;
  }

  #without(name: string): ComponentSettings {
    return new ComponentSettings(name, {}, this.#wasAccepted);
  }

  #tokenizer(settings: ComponentSettings): Tokenizer {
    const name = settings.string('tokenizer');
    if (name === undefined) throw settingError(`analyzer [${settings.name}] must be configured with a tokenizer`);
    const own = this.#settings('tokenizer', name);
    const type = own === undefined ? name : own.string('type');
    if (type === undefined) throw settingError(`tokenizer [${name}] must specify a type`);
    const tokenizer = makeTokenizer(type, own ?? this.#without(name), this.#maxGramDiff);
    if (tokenizer === undefined) {
      throw settingError(
        own === undefined
          ? `Custom Analyzer [${settings.name}] failed to find tokenizer under name [${name}]`
          : `Unknown tokenizer type [${type}] for [${name}]`,
      );
    }
    return tokenizer;
  }

  #filters(settings: ComponentSettings): readonly TokenFilter[] {
    return (settings.strings('filter') ?? []).map((name) => {
      const own = this.#settings('filter', name);
      const type = own === undefined ? name : own.string('type');
      if (type === undefined) throw settingError(`filter [${name}] must specify a type`);
      const filter = makeFilter(type, own ?? this.#without(name), this.#maxGramDiff);
      if (filter === undefined) {
        throw settingError(
          own === undefined
            ? `Custom Analyzer [${settings.name}] failed to find filter under name [${name}]`
            : `Unknown filter type [${type}] for [${name}]`,
        );
      }
      return filter;
    });
  }
}
