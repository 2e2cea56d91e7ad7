import assert from 'node:assert/strict';
import { type Language, languages } from '../../src/domain/people/languages.ts';
import { en } from '../../src/words/en.ts';
import { wordsFor } from '../../src/words/index.ts';
import { englishIn } from '../support/english.ts';
import { type Drawn, everyCard, type Matter } from './every-card.ts';
import { type Json, nodesOf, sizeOf } from './parse.ts';

/** What comes from outside says nothing in any language. */
const matter: Matter = { kind: 'realistic', name: 'Contoso', title: 'Windows Server 2022', sentence: 'XYZ.', many: 12 };

const shownIn = ['text', 'title', 'label', 'placeholder', 'errorMessage', 'value', 'altText', 'fallbackText', 'speak'];

function textsOf({ card }: Drawn): string[] {
  // What a button carries is sent and not shown.
  const nodes = [...nodesOf(card.content)].filter((node) => !('do' in node));
  return nodes.flatMap((node: Json) =>
    shownIn.flatMap((name) => (typeof node[name] === 'string' && !isId(name, node) ? [String(node[name])] : [])),
  );
}

/** What each language does not write: quotation marks of others, and in French a blank that breaks before a mark. */
const foreignMarks: Readonly<Record<Exclude<Language, 'en'>, RegExp>> = {
  pl: /["“«»]/,
  de: /["”«»]/,
  fr: /["“”„]| [;:?!»]|« /,
  es: /["“”„]/,
};

/** What an input sends is not shown. */
function isId(name: string, { type, choices, value }: Json): boolean {
  return (
    name === 'value' &&
    (String(type).startsWith('Input.') || choices !== undefined || /^[\w-]{20,}$/.test(String(value)))
  );
}

for (const language of languages.filter((one): one is Exclude<Language, 'en'> => one !== 'en')) {
  describe(`every card in ${language}`, () => {
    const words = wordsFor(language);
    for (const drawn of everyCard(matter, words)) {
      it(`${drawn.by}: ${drawn.about}`, () => {
        assert.equal(drawn.card.content.lang, language);
        assert.ok(sizeOf(drawn.card.content) < 28 * 1024);
        assert.deepEqual(textsOf(drawn).flatMap(englishIn), []);
        assert.deepEqual(
          textsOf(drawn).filter((text) => foreignMarks[language].test(text)),
          [],
        );
      });
    }

    it('has titles of its own', () => {
      const same = { ...sameIn('buttons'), ...sameIn('inputs') };
      // Words that this language writes as English does.
      const alike = ['Software', 'Version', 'Segment', 'Edition', 'Impact', 'Architecture', 'Attestation', 'E-mail'];
      assert.deepEqual(
        Object.values(same).filter((title) => !alike.includes(title)),
        [],
      );
    });

    function sameIn(group: 'buttons' | 'inputs'): Record<string, string> {
      const own: Readonly<Record<string, string>> = words[group];
      return Object.fromEntries(Object.entries(en[group]).filter(([key, title]) => own[key] === title));
    }
  });
}
