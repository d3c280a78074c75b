/** A place in a script, counted in characters. */
interface Placed {
  readonly at: number;
}

/** What has a value. */
export type Expression = Placed &
  (
    | { readonly type: 'literal'; readonly value: string | number | bigint | boolean | null }
    | { readonly type: 'name'; readonly name: string }
    | { readonly type: 'member'; readonly target: Expression; readonly key: Expression; readonly isNullSafe: boolean }
    | {
        readonly type: 'call';
        readonly target: Expression;
        readonly method: string;
        readonly values: readonly Expression[];
      }
    | { readonly type: 'list'; readonly elements: readonly Expression[] }
    | { readonly type: 'map'; readonly entries: readonly (readonly [Expression, Expression])[] }
    | { readonly type: 'unary'; readonly operator: '!' | '-'; readonly operand: Expression }
    | { readonly type: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
    | {
        readonly type: 'choice';
        readonly condition: Expression;
        readonly then: Expression;
        readonly otherwise: Expression;
      }
  );

/** What is done. */
export type Statement = Placed &
  (
    | { readonly type: 'block'; readonly statements: readonly Statement[] }
    | { readonly type: 'if'; readonly condition: Expression; readonly then: Statement; readonly otherwise?: Statement }
    | { readonly type: 'declare'; readonly name: string; readonly value?: Expression }
    | { readonly type: 'assign'; readonly target: Expression; readonly operator?: string; readonly value: Expression }
    | { readonly type: 'expression'; readonly expression: Expression }
    | { readonly type: 'return'; readonly value?: Expression }
  );
