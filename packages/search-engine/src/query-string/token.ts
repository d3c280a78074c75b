import { queryStringError } from './query-string-error.ts';

/** What a token is; texts keep their backslashes. */
export type QueryToken =
  | { readonly kind: 'and' | 'or' | 'not' | 'plus' | 'minus' | '(' | ')' | ':' | '*'; readonly at: number }
  | {
      readonly kind: 'term' | 'prefix' | 'wildcard' | 'regexp' | 'quoted';
      readonly text: string;
      readonly at: number;
    }
  | { readonly kind: 'boost'; readonly value: number; readonly at: number }
  | { readonly kind: 'tilde'; readonly value: number | undefined; readonly at: number }
  | {
      readonly kind: 'range';
      /** Undefined is open. */
      readonly lower: string | undefined;
      readonly includeLower: boolean;
      readonly upper: string | undefined;
      readonly includeUpper: boolean;
      readonly at: number;
    };

const START = String.raw`(?:\\[\s\S]|[^\s\u3000+\-!():^[\]"{}~*?\\/])`;
const PART = String.raw`(?:\\[\s\S]|[^\s\u3000!():^[\]"{}~*?\\/])`;
const WORD = new RegExp(`(?:${START}|[*?])(?:${PART}|[*?])*`, 'y');
const QUOTED = /"((?:\\[\s\S]|[^"\\])*)"/y;
const REGEXP = /\/((?:\\\/|[^/])*)\//y;
const BOOST = /\^(\d+(?:\.\d*)?)/y;
const TILDE = /~(\d+(?:\.\d*)?)?/y;
const BOUND = String.raw`("(?:\\[\s\S]|[^"\\])*"|[^\s\]}]+)`;
const RANGE = new RegExp(String.raw`([[{])\s*${BOUND}\s+TO\s+${BOUND}\s*([\]}])`, 'y');

/** Cuts a query string into tokens. Throws `invalid-argument` where no token can begin. */
export function tokenizeQueryString(query: string): readonly QueryToken[] {
  const tokens: QueryToken[] = [];
  let at = 0;
  while (at < query.length) {
    if (/[\s\u3000]/.test(query[at]!)) {
      at++;
      continue;
    }
    const [token, end] = tokenAt(query, at);
    tokens.push(token);
    at = end;
  }
  return tokens;
}

const SINGLE: Readonly<Record<string, 'not' | '(' | ')' | ':'>> = { '!': 'not', '(': '(', ')': ')', ':': ':' };

function tokenAt(query: string, at: number): [token: QueryToken, end: number] {
  const letter = query[at]!;
  if (letter === '+' || letter === '-') {
    // An operator with a space after it is a word of its own, which no analyzer keeps.
    if (/[\s\u3000]/.test(query[at + 1] ?? '')) return [{ kind: 'term', text: letter, at }, at + 2];
    return [{ kind: letter === '+' ? 'plus' : 'minus', at }, at + 1];
  }
  const single = SINGLE[letter];
  if (single !== undefined) return [{ kind: single, at }, at + 1];
  if (query.startsWith('&&', at)) return [{ kind: 'and', at }, at + 2];
  if (query.startsWith('||', at)) return [{ kind: 'or', at }, at + 2];
  const matched = matchAt(query, at, letter);
  if (matched === undefined) {
    const after = query.slice(at, at + 20);
    throw queryStringError(query, `Lexical error at line 1, column ${at + 1}.  Encountered: "${after}"`);
  }
  return matched;
}

function matchAt(query: string, at: number, letter: string): [token: QueryToken, end: number] | undefined {
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(query);
  };
  let found: RegExpExecArray | null;
  switch (letter) {
    case '"':
      found = match(QUOTED);
      return found === null ? undefined : [{ kind: 'quoted', text: found[1]!, at }, at + found[0].length];
    case '/':
      found = match(REGEXP);
      return found === null ? undefined : [{ kind: 'regexp', text: found[1]!, at }, at + found[0].length];
    case '^':
      found = match(BOOST);
      return found === null ? undefined : [{ kind: 'boost', value: Number(found[1]), at }, at + found[0].length];
    case '~': {
      found = match(TILDE)!;
      const value = found[1] === undefined ? undefined : Number(found[1]);
      return [{ kind: 'tilde', value, at }, at + found[0].length];
    }
    case '[':
    case '{':
      found = match(RANGE);
      return found === null ? undefined : [rangeToken(found, at), at + found[0].length];
    default:
      found = match(WORD);
      return found === null ? undefined : [wordToken(found[0], at), at + found[0].length];
  }
}

function rangeToken(match: RegExpExecArray, at: number): QueryToken {
  const [, open, lower, upper, close] = match;
  return {
    kind: 'range',
    lower: boundOf(lower!),
    includeLower: open === '[',
    upper: boundOf(upper!),
    includeUpper: close === ']',
    at,
  };
}

function boundOf(text: string): string | undefined {
  if (text === '*') return undefined;
  return removeEscapes(text.startsWith('"') ? text.slice(1, -1) : text);
}

function wordToken(text: string, at: number): QueryToken {
  if (text === 'AND') return { kind: 'and', at };
  if (text === 'OR') return { kind: 'or', at };
  if (text === 'NOT') return { kind: 'not', at };
  if (text === '*') return { kind: '*', at };
  const wildcards = text.replace(/\\[\s\S]/g, '').replace(/[^*?]/g, '');
  if (wildcards === '') return { kind: 'term', text, at };
  return { kind: wildcards === '*' && text.endsWith('*') ? 'prefix' : 'wildcard', text, at };
}

/** The text without the backslashes that protect its characters. */
export function removeEscapes(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_, code: string | undefined, letter: string | undefined) =>
    code === undefined ? letter! : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
