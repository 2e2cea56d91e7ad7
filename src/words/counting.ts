/** The forms of a noun behind a number, by the rules of the language: `one`, `few`, `many`, and `other` for the rest. */
export type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string }>;

/** `1 dzień`, `2 dni`: a number with its noun. */
export function counterFor(locale: string): (n: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  return (n, forms) => `${numbers.format(n)} ${forms[rules.select(n)] ?? forms.other}`;
}
