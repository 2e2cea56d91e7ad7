// The package's own types pull in TypeScript sources of `adaptivecards` that do not compile under `erasableSyntaxOnly`.

export interface EvaluationContext {
  readonly $root: unknown;
}

export class Template {
  constructor(payload: unknown);
  expand(context: EvaluationContext): unknown;
}
