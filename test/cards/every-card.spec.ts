import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { en } from '../../src/words/en.ts';
import { everyCard, extreme, hostile, realistic, secretLink, secretText } from './every-card.ts';
import { actionsOf, complaintsAbout, inputsOf, type Json, nodesOf, sizeOf, teamsElements, textOf } from './parse.ts';

const src = new URL('../../src/cards/', import.meta.url).pathname;

const templates = new URL('../../cards/', import.meta.url).pathname;
const templateOf = (file: string): string => readFileSync(`${templates}${file}`, 'utf8');
const files = globSync('*.json', { cwd: templates });
const placeholders = new Set(files.flatMap((file) => templateOf(file).match(/\$\{[^}]+\}/g) ?? []));

const elements = new Set([
  'AdaptiveCard',
  'TextBlock',
  'RichTextBlock',
  'TextRun',
  'Container',
  'ColumnSet',
  'Column',
  'ActionSet',
  'FactSet',
  'Input.ChoiceSet',
  'Input.Text',
  'Input.Number',
  'Input.Date',
  'Input.Toggle',
  'Action.Execute',
  'Action.Submit',
  'Action.OpenUrl',
  'Action.ToggleVisibility',

  ...teamsElements,
]);

/** All that a button carries. */
const inData = [
  'file',
  'target',
  'line',
  'do',
  'draft',
  'step',
  'submission',
  'msteams',
  'beside',
  'until',
  'text',
  'page',
  'top',
  'isPrivate',
  'picked',
];

/** People and scripts rely on these. */
const labels = new Set(Object.values(en.inputs));
const titles = [...Object.values(en.buttons), ...Object.values(en.help.labels)];

describe('every card function', () => {
  it('is drawn here', async () => {
    const drawn = new Set(everyCard(realistic).map(({ by }) => by));
    for (const file of globSync('*.ts', { cwd: src }).filter((name) => !name.endsWith('.d.ts'))) {
      const exported = Object.entries(await import(`${src}${file}`)).filter(([, value]) => typeof value === 'function');
      for (const [name] of exported) if (name.endsWith('Card')) assert.ok(drawn.has(name), `${name} of ${file}`);
    }
  });
});

for (const matter of [realistic, extreme]) {
  describe(`every card with ${matter.kind} data`, () => {
    for (const { by, about, card } of everyCard(matter)) {
      const { content, summary } = card;

      it(`${by}: ${about}`, () => {
        assert.deepEqual(complaintsAbout(content), []);
        assert.equal(content.version, '1.5');
        assert.equal(content.lang, 'en');
        for (const { type } of nodesOf(content))
          if (typeof type === 'string') assert.ok(elements.has(type) || isData(type), type);

        for (const input of inputsOf(content)) {
          assert.match(String(input.id), /^[a-zA-Z]+$/);
          assert.ok(!inData.includes(String(input.id)), `${input.id}: what is filled in would replace it in the data`);
          assert.ok(labels.has(String(input.label)), String(input.label));
          assert.notEqual(input.errorMessage ?? '', '');
        }
        const ids = inputsOf(content).map((input) => input.id);
        assert.equal(new Set(ids).size, ids.length);

        for (const { actions } of nodesOf(content))
          if (Array.isArray(actions)) assert.ok(actions.length <= 6, `${actions.length} actions`);
        for (const action of actionsOf(content)) assertAction(action);
        assertTeamsElements(content);

        assert.ok(sizeOf(content) < 28 * 1024, `${sizeOf(content)} bytes`);
        assertSummary(content, summary);
        assertText(content);
      });
    }
  });
}

/** Those of one customer. */
const ofCustomer = [
  ...['itemCard', 'missingCard', 'agreementCard', 'reviewAgreementCard', 'reviewPurchaseCard', 'orderCard'],
  ...['purchasesCard', 'cancelCard', 'reviewCaseCard', 'fieldCard', 'formCard', 'auditCard'],
  ...['caseCard', 'openCaseCard', 'confirmActionCard', 'handOverCard'],
  ...['readyCard', 'keysSettledCard', 'keysElsewhereCard'],
];

describe('the line shown where a card is not', () => {
  const drawn = everyCard(realistic);

  for (const by of ofCustomer)
    it(`names the customer: ${by}`, () => {
      const lines = drawn.filter((one) => one.by === by).map(({ card }) => card.summary);
      assert.ok(lines.length > 0);
      for (const line of lines) assert.ok(line.includes(realistic.name), line);
    });

  it('says what is wrong where an answer was not taken', () => {
    const lines = everyCard({ ...realistic, problem: 'That is too many.' }).filter(({ by }) => by === 'formCard');
    assert.ok(lines.length > 0);
    for (const { card } of lines) assert.equal(card.summary, 'That is too many.');
  });

  it('is the name of the app on no card but the greeting', () => {
    const named = drawn.filter(({ card }) => card.summary.startsWith(en.help.title)).map(({ by }) => by);
    assert.deepEqual([...new Set(named)], ['welcomeCard']);
  });
});

/** `type` is also the name of a field in the data of a dialog's button, and of where choices are searched. */
function isData(type: string): boolean {
  return type === 'task/fetch' || type === 'Data.Query';
}

/** What other clients do not know has something that stands for it, and what is shown or hidden is on the card. */
function assertTeamsElements(content: Json): void {
  const nodes = [...nodesOf(content)];
  // Its own, or that of what it stands in.
  const covered = new Set(nodes.filter(({ fallback }) => fallback).flatMap((node) => [...nodesOf(node)]));
  for (const node of nodes) if (teamsElements.has(String(node.type))) assert.ok(covered.has(node), String(node.type));
  for (const hidden of nodes.filter(({ isVisible, items }) => isVisible === false && Array.isArray(items)))
    for (const { label, isRequired } of inputsOf(hidden)) assert.ok(!isRequired, `${label} is hidden and required`);
  const ids = nodes.flatMap(({ id }) => (id === undefined ? [] : [id]));
  assert.equal(new Set(ids).size, ids.length);
  for (const { targetElements } of nodes)
    for (const target of Array.isArray(targetElements) ? targetElements : []) assert.ok(ids.includes(target), target);
}

function assertAction(action: Json): void {
  const title = String(action.title);
  assert.notEqual(title.trim(), '');
  if (action.type === 'Action.ToggleVisibility') return;
  if (action.type === 'Action.OpenUrl') {
    assert.match(String(action.url), /^https:\/\//);
    assert.match(title, /^(Open|Download)\b/);
    return;
  }
  const data = action.data as Json;
  // What it types, where that is what was typed or meant.
  const typed = data.do === 'command' && title.replace(/ …$/, '');
  assert.ok(
    (typed && String(data.text).startsWith(typed)) ||
      titles.some((fixed) => title === fixed || title.startsWith(`${fixed}:`) || title.startsWith(`${fixed} `)),
    title,
  );
  assert.ok(
    Object.keys(data).every((name) => inData.includes(name)),
    JSON.stringify(data),
  );
  assert.equal(typeof data.do, 'string');
  if (action.type === 'Action.Submit') assert.deepEqual(data.msteams, { type: 'task/fetch' });
  else {
    assert.equal(action.verb, data.do);
    assert.ok(!('msteams' in data));
    assert.ok(action.associatedInputs === 'auto' || action.associatedInputs === 'none');
  }
}

function assertSummary(content: Json, summary: string): void {
  assert.notEqual(summary.trim(), '');
  for (const line of [summary, content.fallbackText, content.speak]) {
    assert.equal(line, summary);
    assert.ok(!String(line).includes(secretText) && !String(line).includes(secretLink));
  }
}

/** What came from outside is shown as it came: no link, no emphasis, no mention, nothing calculated. */
function assertText(content: Json): void {
  for (const { type, text, facts } of nodesOf(content)) {
    const shown = Array.isArray(facts)
      ? facts.flatMap((fact: Json) => [fact.title, fact.value])
      : [type === 'TextBlock' ? text : ''];
    for (const one of shown) {
      assert.doesNotMatch(String(one), /(?<!\\)(\[|\]|\*|`|<|~)/);
      assert.doesNotMatch(String(one), /\p{L}\.\.(\s|$)/u);
      assert.doesNotMatch(String(one), /undefined|\[object|\bnull\b|NaN|Invalid Date/);
    }
  }
  const all = JSON.stringify(content);
  for (const placeholder of placeholders) assert.ok(!all.includes(placeholder), placeholder);
}

describe('a card drawn from what strangers wrote', () => {
  it('shows it to the letter', () => {
    const [card] = everyCard({ ...extreme, title: hostile, name: hostile, sentence: hostile });

    assert.ok(
      textOf(card?.card.content)
        .split('\n')
        .filter((line) => line.includes(hostile)).length > 10,
    );
  });
});

describe('every card, drawn from whatever strangers write', () => {
  const fragment = fc.constantFrom(
    ...[
      '[x](https://evil.example)',
      '<at>all</at>',
      '<b>',
      '**',
      '_',
      '~~',
      '`',
      '\\',
      '&lt;',
      '# ',
      '1. ',
      '- ',
      '> ',
    ],
    ...[
      '${$root}',
      '{{DATE(2026-01-01)}}',
      '\u202Egnp.exe',
      '\u2066',
      '\u0000',
      '\u001b[31m',
      '\uD800',
      '\n',
      '\r\n',
      '| a |',
    ],
    ...['Contoso', 'Łódź', '名前', '👩‍💻', ' '],
  );
  const written = fc.array(fragment, { minLength: 1, maxLength: 12 }).map((parts) => parts.join(''));
  const misleading = /[\u202A-\u202E\u2066-\u2069]|(?![\t\n\r])\p{Cc}/u;

  it('is a card all the same, with nothing that Teams would take for a link, a mention, an emphasis or another direction', () => {
    fc.assert(
      fc.property(written, written, written, (title, name, sentence) => {
        for (const { card } of everyCard({ ...realistic, title, name, sentence })) {
          for (const { type, text, facts } of nodesOf(card.content)) {
            const told = [
              type === 'TextBlock' ? text : '',
              ...(Array.isArray(facts) ? facts.map(({ value }) => value) : []),
            ];
            for (const one of told) assert.doesNotMatch(String(one), /(?<!\\)(?:\\\\)*(\[|\]|\*|`|<|~)/);
          }
          const all = `${JSON.stringify(card.content)} ${card.summary}`;
          assert.doesNotMatch(JSON.parse(JSON.stringify(all)) as string, misleading);
          assert.ok(all.isWellFormed());
        }
      }),
      { numRuns: 8, seed: 20_261_130 },
    );
  });
});

describe('the templates', () => {
  for (const file of files) {
    it(`${file} can be opened in the card designer: only its placeholders are not yet values`, () => {
      const template = JSON.parse(templateOf(file));
      const isPlaceholder = (complaint: string): boolean => /\$\{|at least one choice/.test(complaint);

      assert.equal(template.type, 'AdaptiveCard');
      assert.equal(template.version, '1.5');
      assert.deepEqual(
        complaintsAbout(template).filter((complaint) => !isPlaceholder(complaint)),
        [],
      );
    });
  }

  it('have placeholders, which the check for unfilled ones knows', () => {
    assert.ok(placeholders.size > 20);
  });
});

describe('the cards with secrets', () => {
  const cards = everyCard(realistic);

  it('hold the key once, where it is shown, and an address also in the button that opens it', () => {
    for (const { about, card } of cards.filter(({ by }) => by === 'secretCard')) {
      const times = (secret: string) => JSON.stringify(card.content).split(secret).length - 1;
      const expected = { key: [1, 0], link: [0, 2], both: [1, 2] }[about.split(',')[0] ?? ''];
      assert.deepEqual([times(secretText), times(secretLink)], expected, about);
    }
  });

  it('are the only ones that do', () => {
    for (const { by, card } of cards.filter((one) => one.by !== 'secretCard')) {
      assert.ok(!JSON.stringify(card).includes(secretText) && !JSON.stringify(card).includes(secretLink), by);
    }
  });
});

describe('the review of an order that was handed over', () => {
  it('says who can confirm it, where not everybody who sees the button can', () => {
    const [card] = everyCard(realistic).filter(({ about }) => about === 'above the limit, handed over');

    assert.match(textOf(card?.card.content), /^Above 100\.00 EUR only an admin agent can confirm it\.$/m);
  });
});
