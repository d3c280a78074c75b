import { DaybookError } from '@daybook/errors';
import { type ComponentSettings, settingError } from '../component-settings.ts';
import { type CharFilter, FilteredTextBuilder } from './char-filter.ts';

const RULE = /(.*)\s*=>\s*(.*)\s*$/;
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\', '\\'],
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['b', '\b'],
  ['f', '\f'],
]);

/** Characters that are held against rules for one text: the beginnings of a long rule may be everywhere. */
const MAX_STEPS = 100_000_000;

/** What rules begin with the same characters. */
interface TrieNode {
  readonly next: Map<number, TrieNode>;
  /** Of the rule that ends here. */
  replacement: string | undefined;
}

/** The filter of the type `mapping`: puts other characters for those of its rules, the longest that there are at a place. */
export function mappingCharFilter(settings: ComponentSettings): CharFilter {
  if (settings.string('mappings_path') !== undefined) {
    throw settingError(`[mappings_path] in [${settings.name}] is not supported by this server, [mappings] is`);
  }
  const rules = settings.strings('mappings');
  if (rules === undefined) {
    throw settingError('mapping requires either `mappings` or `mappings_path` to be configured');
  }
  const root = buildTrie(parseRules(rules));
  const filter = (text: string) => {
    const built = new FilteredTextBuilder(text);
    let steps = 0;
    for (let at = 0; at < text.length; ) {
      let match: { readonly end: number; readonly replacement: string } | undefined;
      let node = root.next.get(text.charCodeAt(at));
      for (let end = at + 1; node !== undefined; node = node.next.get(text.charCodeAt(end++))) {
        if (node.replacement !== undefined) match = { end, replacement: node.replacement };
        if (++steps > MAX_STEPS) throw settingError(`the rules of [${settings.name}] take too long for a text`);
      }
      if (match !== undefined) built.replace(at, match.end, match.replacement);
      at = match?.end ?? at + 1;
    }
    return built.build();
  };
  return Object.assign(filter, { normalizes: true });
}

function buildTrie(replacements: ReadonlyMap<string, string>): TrieNode {
  const root: TrieNode = { next: new Map(), replacement: undefined };
  for (const [match, replacement] of replacements) {
    let node = root;
    for (let at = 0; at < match.length; at++) {
      const code = match.charCodeAt(at);
      const next = node.next.get(code) ?? { next: new Map(), replacement: undefined };
      node.next.set(code, next);
      node = next;
    }
    node.replacement = replacement;
  }
  return root;
}

function parseRules(rules: readonly string[]): ReadonlyMap<string, string> {
  const replacements = new Map<string, string>();
  for (const rule of rules) {
    const [, left, right] = RULE.exec(rule) ?? [];
    if (left === undefined || right === undefined) throw ruleError(`Invalid Mapping Rule : [${rule}]`);
    const match = unescaped(left.trim());
    if (match === '') throw settingError('cannot match the empty string');
    if (replacements.has(match)) throw settingError(`match "${match}" was already added`);
    replacements.set(match, unescaped(right.trim()));
  }
  return replacements;
}

/** The text of one side of a rule, in which `\n` and `\u0041` are characters, and any other character behind a backslash itself. */
function unescaped(side: string): string {
  if (!side.includes('\\')) return side;
  let text = '';
  for (let at = 0; at < side.length; at++) {
    const letter = side[at]!;
    if (letter !== '\\') {
      text += letter;
      continue;
    }
    const escaped = side[++at];
    if (escaped === undefined) throw ruleError(`Invalid escaped char in [${side}]`);
    if (escaped !== 'u') {
      text += ESCAPES.get(escaped) ?? escaped;
      continue;
    }
    const digits = side.slice(at + 1, at + 5);
    if (!/^[\da-fA-F]{4}$/.test(digits)) throw ruleError(`Invalid escaped char in [${side}]`);
    text += String.fromCharCode(Number.parseInt(digits, 16));
    at += 4;
  }
  return text;
}

/** compat: a fault of the server to Elasticsearch. */
function ruleError(message: string): DaybookError {
  return new DaybookError('invalid-argument', message, { detail: { reason: 'runtime_exception', status: 500 } });
}
