import assert from 'node:assert/strict';
import { Template } from 'adaptivecards-templating';
import fc from 'fast-check';
import card from '../../cards/card.json' with { type: 'json' };
import { readTemplate } from '../../src/cards/template.ts';

/** Without what Microsoft's package leaves behind for what has no value. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, one]) => one !== null && one !== undefined);
  return Object.fromEntries(kept.map(([name, one]) => [name, withoutEmpty(one)]));
}

const text = fc.oneof(fc.string(), fc.constantFrom('${title}', '$data', '{x}', "it's", 'a\nb', '\\${a}', '0', ''));
const texts = fc.array(text, { maxLength: 3 });
const one = fc.record({ type: fc.constant('TextBlock'), text });
const some = fc.array(one, { maxLength: 2 });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

/** What a card is filled with, as `src/cards/render.ts` does it. */
const model = fc.record({
  ...{ lang: text, title: text, summary: text, lines: texts, notes: texts },
  ...{ icon: maybe(text), subtitle: maybe(text), problem: maybe(text), simulated: maybe(some), folded: maybe(some) },
  amount: maybe(fc.record({ text, note: maybe(text) })),
  progress: maybe(fc.record({ value: fc.integer(), max: fc.integer(), text })),
  ...{ badges: some, steps: some, items: some, totals: some, inputs: some, actions: some },
  secrets: fc.array(fc.record({ label: text, text }), { maxLength: 2 }),
  facts: fc.array(fc.record({ title: text, value: text }), { maxLength: 2 }),
  parts: fc.array(fc.record({ label: text, lines: texts }), { maxLength: 2 }),
});

describe('a template', () => {
  it('is filled as Microsoft’s own package fills it, whatever the texts are', () => {
    const theirs = new Template(card);
    const ours = readTemplate(card);

    fc.assert(
      fc.property(model, (data) => {
        assert.deepEqual(withoutEmpty(ours(data)), withoutEmpty(theirs.expand({ $root: data })));
      }),
      { numRuns: 300 },
    );
  });

  for (const [what, template] of [
    ['an expression', { text: '${toUpper(title)}' }],
    ['an expression amid a text', { text: 'The ${toUpper(title)}' }],
    ['another condition', { body: [{ $when: '${count(items) > 1}' }] }],
    ['a list that is no path', { body: [{ $data: '${split(a)}' }] }],
    ['something left out that is in no list', { body: { $when: '${exists(a)}' } }],
  ] as const) {
    it(`is refused when it is read, where it has ${what} that ours do not use`, () => {
      assert.throws(() => readTemplate(template), /unknown|only what stands in a list/);
    });
  }
});
