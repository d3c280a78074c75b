import { contentParseError, illegalArgument, validationFailed } from '../errors/errors.ts';
import { isJsonObject, type JsonObject, tokenOf } from '../json/json.ts';

/** A tokenizer, char filter or filter: its name, or its settings with a `type`. */
export type Component = string | JsonObject;

/** The body of an analysis, read. */
export interface AnalyzeRequest {
  readonly texts: readonly string[];
  readonly analyzer?: string;
  readonly field?: string;
  readonly normalizer?: string;
  readonly tokenizer?: Component;
  readonly charFilters: readonly Component[];
  readonly filters: readonly Component[];
  readonly explain: boolean;
  /** Token attributes to tell when explaining; empty means all. */
  readonly attributes: readonly string[];
}

/** What one request may analyse together: what comes of it is in memory at once. */
const maxTextChars = 1_000_000;

/** Reads what is to be analysed, and how. */
export function parseAnalyzeRequest(body: JsonObject, hasIndex: boolean): AnalyzeRequest {
  const charFilters: Component[] = [];
  const filters: Component[] = [];
  const request: { -readonly [K in keyof AnalyzeRequest]: AnalyzeRequest[K] } = {
    texts: [],
    charFilters,
    filters,
    explain: false,
    attributes: [],
  };
  for (const [name, value] of Object.entries(body)) {
    switch (name) {
      case 'text':
        request.texts = stringsOf(name, value);
        break;
      case 'analyzer':
      case 'field':
      case 'normalizer':
        request[name] = stringOf(name, value);
        break;
      case 'tokenizer':
        request.tokenizer = componentOf(name, value);
        break;
      case 'filter':
        filters.push(...(Array.isArray(value) ? value : [value]).map((each) => componentOf(name, each)));
        break;
      case 'char_filter':
        if (!Array.isArray(value)) throw wrongType(name, value);
        charFilters.push(...value.map((each) => componentOf(name, each)));
        break;
      case 'explain':
        if (typeof value !== 'boolean') throw wrongType(name, value);
        request.explain = value;
        break;
      case 'attributes':
        request.attributes = stringsOf(name, value);
        break;
      default:
        throw contentParseError(`[analyze_request] unknown field [${name}]`);
    }
  }
  check(request, hasIndex);
  return request;
}

function check(request: AnalyzeRequest, hasIndex: boolean): void {
  const { texts, analyzer, normalizer, field, tokenizer, charFilters, filters } = request;
  const hasFilters = charFilters.length > 0 || filters.length > 0;
  const isCustom = tokenizer !== undefined || hasFilters;
  const complaints: string[] = [];
  if (texts.length === 0) complaints.push('text is missing');
  if (!hasIndex && normalizer !== undefined) complaints.push('index is required if normalizer is specified');
  if (normalizer !== undefined && (tokenizer !== undefined || analyzer !== undefined)) {
    complaints.push('tokenizer/analyze should be null if normalizer is specified');
  }
  if (analyzer !== undefined && isCustom) complaints.push('cannot define extra components on a named analyzer');
  if (normalizer !== undefined && hasFilters) complaints.push('cannot define extra components on a named normalizer');
  if (field !== undefined && isCustom) complaints.push('cannot define extra components on a field-specific analyzer');
  if (complaints.length > 0) throw validationFailed(...complaints);
  const chars = texts.reduce((total, text) => total + text.length, 0);
  if (chars > maxTextChars) {
    throw illegalArgument(`[text] has [${chars}] characters, at most [${maxTextChars}] are analyzed at once`);
  }
}

function stringOf(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw wrongType(name, value);
}

function stringsOf(name: string, value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map((each) => stringOf(name, each));
}

function componentOf(name: string, value: unknown): Component {
  if (typeof value === 'string') return value;
  if (!isJsonObject(value)) throw wrongType(name, value);
  if (typeof value.type !== 'string')
    throw illegalArgument(`Missing [type] setting for anonymous ${name}: ${JSON.stringify(value)}`);
  return value;
}

function wrongType(name: string, value: unknown): Error {
  return contentParseError(`[analyze_request] ${name} doesn't support values of type: ${tokenOf(value)}`);
}
