import { queryStringError } from './query-string-error.ts';
import type { BooleanNode, Occur, SyntaxLeaf, SyntaxNode } from './syntax-tree.ts';
import type { QueryToken } from './token.ts';
import { removeEscapes, tokenizeQueryString } from './token.ts';

/** Parentheses within parentheses; far beyond what anybody writes, and far below what the stack bears. */
const MAX_DEPTH = 200;
/** Lucene's limit of clauses in one query. */
const MAX_CLAUSES = 1024;
const ENDS_RUN: ReadonlySet<string> = new Set([':', '*', 'tilde', 'boost', 'and', 'or']);

/** Parses a query string by grammar.md. Throws `invalid-argument` (`Failed to parse query […]`). */
export function parseSyntax(query: string, defaultOperator: 'and' | 'or'): SyntaxNode {
  return new Parser(query, defaultOperator).parse();
}

type Modifier = 'none' | 'required' | 'prohibited';

class Parser {
  readonly #query: string;
  readonly #tokens: readonly QueryToken[];
  readonly #byDefault: 'and' | 'or';
  #next = 0;
  #depth = 0;
  #clauseCount = 0;

  constructor(query: string, defaultOperator: 'and' | 'or') {
    this.#query = query;
    this.#tokens = tokenizeQueryString(query);
    this.#byDefault = defaultOperator;
  }

  parse(): SyntaxNode {
    const node = this.#readQuery(undefined);
    if (this.#peek() !== undefined) throw this.#unexpected();
    return node;
  }

  #peek(ahead = 0): QueryToken | undefined {
    return this.#tokens[this.#next + ahead];
  }

  #kind(ahead = 0): string | undefined {
    return this.#peek(ahead)?.kind;
  }

  #take(kind: string): boolean {
    if (this.#kind() !== kind) return false;
    this.#next++;
    return true;
  }

  #unexpected(): Error {
    const token = this.#peek();
    const shown = token === undefined ? '<EOF>' : this.#query.slice(token.at, this.#peek(1)?.at).trim();
    const column = token?.at ?? this.#query.length;
    return queryStringError(this.#query, `Encountered "${shown}" at line 1, column ${column}.`);
  }

  #readQuery(field: string | undefined): SyntaxNode {
    if (++this.#depth > MAX_DEPTH) throw queryStringError(this.#query, `more than ${MAX_DEPTH} parentheses deep`);
    const clauses = new ClauseList(this.#byDefault);
    do {
      if (++this.#clauseCount > MAX_CLAUSES) {
        throw queryStringError(this.#query, `too_many_clauses: maxClauseCount is set to ${MAX_CLAUSES}`);
      }
      const run = this.#readRun(field);
      if (run !== undefined) clauses.add('none', 'none', run);
      else {
        const conjunction = clauses.isEmpty ? 'none' : this.#readConjunction();
        const modifier = this.#readModifier();
        clauses.add(conjunction, modifier, this.#readClause(field));
      }
    } while (this.#peek() !== undefined && this.#kind() !== ')');
    this.#depth--;
    return clauses.toNode();
  }

  /** Two or more plain terms that follow each other. */
  #readRun(field: string | undefined): SyntaxLeaf | undefined {
    let count = 0;
    while (this.#kind(count) === 'term' && !ENDS_RUN.has(this.#kind(count + 1) ?? '')) count++;
    if (count < 2) return undefined;
    const texts = this.#tokens.slice(this.#next, this.#next + count).map(textOf);
    // A comparison is a clause of its own.
    if (texts.some((text) => /^[<>]/.test(text))) return undefined;
    this.#next += count;
    return { kind: 'text', field, boost: 1, text: texts.map(removeEscapes).join(' '), isRun: true };
  }

  #readConjunction(): 'none' | 'and' | 'or' {
    if (this.#take('and')) return 'and';
    return this.#take('or') ? 'or' : 'none';
  }

  #readModifier(): Modifier {
    if (this.#take('plus')) return 'required';
    return this.#take('minus') || this.#take('not') ? 'prohibited' : 'none';
  }

  #readClause(outer: string | undefined): SyntaxNode {
    let field = outer;
    if (this.#kind(1) === ':') {
      const token = this.#peek();
      if (token?.kind === 'term') field = removeEscapes(token.text);
      else if (token?.kind === 'prefix' || token?.kind === 'wildcard') field = token.text;
      else if (token?.kind === '*') field = '*';
      else throw this.#unexpected();
      this.#next += 2;
      if (field === '*' && this.#take('*')) return this.#boosted({ kind: 'all', field, boost: 1 });
    }
    if (!this.#take('(')) return this.#readLeaf(field);
    const node = this.#readQuery(field);
    if (!this.#take(')')) throw this.#unexpected();
    // In parentheses a run is one clause.
    return this.#boosted(node.kind === 'text' ? { ...node, isRun: false } : node);
  }

  #boosted<T extends SyntaxNode>(node: T): T {
    const token = this.#peek();
    if (token?.kind !== 'boost') return node;
    this.#next++;
    return { ...node, boost: node.boost * token.value };
  }

  #readLeaf(field: string | undefined): SyntaxNode {
    const token = this.#peek();
    const common = { field, boost: 1 };
    switch (token?.kind) {
      case 'term':
        this.#next++;
        return this.#boosted(this.#termLeaf(token.text, field));
      case '*':
        this.#next++;
        return this.#boosted(
          field === '_exists_' ? { kind: 'text', text: '*', isRun: false, ...common } : { kind: 'exists', ...common },
        );
      case 'prefix':
        this.#next++;
        return this.#boosted({ kind: 'prefix', text: removeEscapes(token.text.slice(0, -1)), ...common });
      case 'wildcard':
      case 'regexp':
        this.#next++;
        return this.#boosted({ kind: token.kind, pattern: token.text, ...common });
      case 'quoted': {
        this.#next++;
        const tilde = this.#peek();
        const slop = tilde?.kind === 'tilde' && tilde.value !== undefined ? { slop: Math.trunc(tilde.value) } : {};
        if (tilde?.kind === 'tilde') this.#next++;
        return this.#boosted({ kind: 'phrase', text: removeEscapes(token.text), ...slop, ...common });
      }
      case 'range': {
        this.#next++;
        const { lower, includeLower, upper, includeUpper } = token;
        return this.#boosted({ kind: 'range', lower, includeLower, upper, includeUpper, ...common });
      }
      default:
        throw this.#unexpected();
    }
  }

  #termLeaf(text: string, field: string | undefined): SyntaxLeaf {
    const common = { field, boost: 1 };
    const tilde = this.#peek();
    if (tilde?.kind === 'tilde') {
      this.#next++;
      return { kind: 'fuzzy', text: removeEscapes(text), similarity: tilde.value, ...common };
    }
    const comparison = /^(>=|<=|>|<)([\s\S]+)$/.exec(text);
    if (comparison === null) return { kind: 'text', text: removeEscapes(text), isRun: false, ...common };
    const bound = removeEscapes(comparison[2]!);
    const isLower = comparison[1]!.startsWith('>');
    const inclusive = comparison[1]!.endsWith('=');
    return {
      kind: 'range',
      lower: isLower ? bound : undefined,
      includeLower: !isLower || inclusive,
      upper: isLower ? undefined : bound,
      includeUpper: isLower || inclusive,
      ...common,
    };
  }
}

function textOf(token: QueryToken): string {
  return token.kind === 'term' ? token.text : '';
}

/** Clauses of one level, and how operators between them change what they are. */
class ClauseList {
  readonly #byDefault: 'and' | 'or';
  readonly #clauses: { occur: Occur; node: SyntaxNode }[] = [];
  #hasModifier = false;

  constructor(defaultOperator: 'and' | 'or') {
    this.#byDefault = defaultOperator;
  }

  get isEmpty(): boolean {
    return this.#clauses.length === 0;
  }

  add(conjunction: 'none' | 'and' | 'or', modifier: Modifier, node: SyntaxNode): void {
    const previous = this.#clauses[this.#clauses.length - 1];
    if (previous !== undefined && previous.occur !== 'mustNot') {
      if (conjunction === 'and') previous.occur = 'must';
      else if (conjunction === 'or' && this.#byDefault === 'and') previous.occur = 'should';
    }
    this.#clauses.push({ occur: this.#occur(conjunction, modifier), node });
    this.#hasModifier ||= modifier !== 'none';
  }

  #occur(conjunction: 'none' | 'and' | 'or', modifier: Modifier): Occur {
    if (modifier === 'prohibited') return 'mustNot';
    if (this.#byDefault === 'and') return conjunction === 'or' ? 'should' : 'must';
    return modifier === 'required' || conjunction === 'and' ? 'must' : 'should';
  }

  toNode(): SyntaxNode {
    const [first] = this.#clauses;
    if (first !== undefined && this.#clauses.length === 1 && !this.#hasModifier) return first.node;
    return { kind: 'boolean', boost: 1, clauses: this.#clauses } satisfies BooleanNode;
  }
}
