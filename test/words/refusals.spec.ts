import assert from 'node:assert/strict';
import { Refusal, type RefusalCode, type RefusalFacts } from '../../src/domain/errors.ts';
import { languages } from '../../src/domain/people/languages.ts';
import { holdersOf, type Right, type Role } from '../../src/domain/people/staff.ts';
import { en } from '../../src/words/en.ts';
import { wordsFor } from '../../src/words/index.ts';
import { explain, refusalText } from '../../src/words/words.ts';
import { eur, outside } from '../support/fakes/samples.ts';

const order = '1a2b3c4d5e6f';
const at = new Date('2026-04-04T23:59:00Z');

/** Facts for every code; the compiler insists on all of them. */
const samples: { [C in RefusalCode]: RefusalFacts[C][] } = {
  'not-allowed': Object.keys(holdersOf).flatMap((right) =>
    [[], ['helpdesk-agent'], ['sales-agent', 'helpdesk-agent'], ['global-admin']].map((roles) => ({
      right: right as Right,
      roles: roles as Role[],
    })),
  ),
  'needs-approval': [
    { reference: 'AP-7K2M9Q', state: 'asked' },
    { reference: 'AP-7K2M9Q', state: 'waiting' },
    { reference: 'AP-7K2M9Q', state: 'waiting', by: 'Bert Lis' },
    { reference: 'AP-7K2M9Q', state: 'rejected', by: 'Bert Lis', why: 'Too many.' },
    { reference: 'AP-7K2M9Q', state: 'rejected' },
  ],
  'nobody-approves': [{}],
  'own-approval': [{ reference: 'AP-7K2M9Q' }],
  'approval-unknown': [{ reference: 'AP-7K2M9Q' }],
  'approval-over': (['approved', 'rejected', 'expired', 'withdrawn', 'used'] as const).flatMap((state) => [
    { reference: 'AP-7K2M9Q', state },
    { reference: 'AP-7K2M9Q', state, by: 'Bert Lis' },
  ]),
  'approval-claimed': [{ reference: 'AP-7K2M9Q', by: 'Bert Lis' }],
  'reason-missing': [{ reference: 'AP-7K2M9Q' }],
  'too-many': (['reveals', 'exports', 'searches', 'unknownOrders', 'drafts', 'pages'] as const).flatMap((what) => [
    { what, seconds: 40, isEverybody: false },
    { what, seconds: 1800, isEverybody: true },
  ]),
  'above-limit': [{ total: eur(1000), limit: eur(500) }],
  'roles-unknown': [{ cause: 'Graph' }],
  'not-staff': [{ why: 'guest' }, { why: 'other-tenant' }, { why: 'unidentified' }],
  'not-yours': [{ owner: 'Bert Lis' }, { owner: 'Bert Lis', command: 'cases SD-7K2M9Q' }],
  'waits-for-others': [{ owner: 'Bert Lis', right: 'cancel.submit' }],
  'draft-gone': [{}],
  'draft-elsewhere': [{ owner: 'Bert Lis' }, { where: 'personal' }, { where: 'channel' }, { where: 'group' }, {}],
  'draft-over': [{ title: 'Buy Windows Server for Contoso', outcome: 'Ordered: 2 × Windows Server.' }],
  'draft-outdated': [{}],
  'still-working': [{}],
  invalid: [{ field: 'reason', why: en.cancel.problems.reason }],
  'customer-unknown': [
    { text: 'contosso', suggestions: ['Contoso'] },
    { text: 'xyz', suggestions: [] },
    { text: 'xyz', suggestions: [], more: true },
    { text: 'contosso', suggestions: ['Contoso'], more: true },
  ],
  'order-unknown': [{ text: '999' }, { text: '999', tooManyCustomers: true }],
  'nothing-to-cancel': [{ text: 'Contoso' }],
  'ticket-of-other-case': [{ number: '2611220000000001', reference: 'SD-7K2M9Q' }],
  'ticket-still-open': [{ number: '9999999999' }],
  'file-bad': (['empty', 'too-large', 'type', 'damaged', 'protected'] as const).map((fault) => ({
    name: 'Vertrag.pdf',
    fault,
  })),
  'too-many-files': [{ limit: 10 }],
  'file-not-fetched': [{ name: 'Vertrag.pdf' }],
  'file-not-given': [{}],
  'file-gone': [{ name: 'Vertrag.pdf' }, {}],
  'file-owner-gone': [{}],
  'ticket-unknown': [{ number: '9999999999' }],
  'ticket-about-other': [{ number: '2611220000000001', title: 'Cannot see the key' }],
  'quantity-out-of-range': [
    { minimum: 1, maximum: 100 },
    { minimum: 8, maximum: 999_999_999 },
  ],
  'item-unavailable': [{ item: 'SQL Server' }, { item: '' }],
  'needs-before': [
    ...['AzureSubscriptionRegistration', 'microsoft_customer_agreement', 'MicrosoftCloudAgreement', 'InventoryCheck'],
    'SomethingNew',
  ].map((name) => ({ item: 'SQL Server', needs: [name] })),
  restricted: [
    { item: 'SQL Server', restrictions: [{ said: 'Not here. (NotAvailable)', places: ['DE'] }, { said: 'Sold out' }] },
  ],
  'price-unknown': [{ item: 'SQL Server' }],
  'price-changed': [{ was: eur(1), now: eur(2) }],
  'order-declined': [
    { said: [{ code: '800002', text: 'No credit' }] },
    { said: [{ text: 'No credit' }, { text: 'No stock' }] },
    { said: [] },
  ],
  'not-software': [{ order }],
  'order-pending': [{ order }],
  'already-cancelled': [{ order }],
  'case-open': [{ order, reference: 'SD-7K2M9Q' }],
  'never-cancellable': [{ item: 'SLES', publisher: 'SUSE' }],
  'window-closed': [{ order, closedAt: at }],
  'other-content': [{}],
  'leak-reported': [
    { reference: 'LK-7K2M9Q', order, by: 'Bert Lis', at, customerId: 'c-1', customerName: 'Contoso', orderId: 'o-1' },
  ],
  'leak-unknown': [{ reference: 'LK-7K2M9Q' }],
  'reason-short': [{ atLeast: 10 }],
  'own-leak': [{ reference: 'LK-7K2M9Q' }],
  'key-revoked': [{ order }],
  'keys-not-offered': [
    { order, item: 'Access LTSC 2024' },
    { order, item: 'Access LTSC 2024', version: 'Access LTSC 2024', said: { code: '1001', text: 'Not supported.' } },
  ],
  'key-not-ready': [{ order }],
  'not-recorded': [{}],
  'audit-unwritable': [{}],
  'token-refused': [{ why: 'used' }, { why: 'expired' }, { why: 'unknown' }],
  'no-private-way': [{}],
};

/** A word by which somebody is told what to do, or that there is nothing left to do. */
const nextStep =
  /\b(ask|asks|type|press|try|choose|check|give|write|look|tell|type|send|confirm|begin|use|go back|must be|finds them|changes as soon as|nothing left to do|please)\b/i;

const sentences = Object.entries(samples).flatMap(([code, facts]) =>
  facts.map((one) => ({ code, sentence: explain(en, new Refusal(code as RefusalCode, one)) })),
);

describe('the sentence for a refusal', () => {
  it('exists for every code', () => {
    assert.deepEqual(Object.keys(en.refusals).toSorted(), Object.keys(samples).toSorted());
  });

  for (const { code, sentence } of sentences) {
    it(`${code}: ${sentence.slice(0, 60)}… is whole, and says what to do next`, () => {
      assert.match(sentence, /^[A-Z0-9"].*[.]$/);
      assert.doesNotMatch(sentence, /undefined|null|NaN|\[object|\s{2}|\bInvalid Date|\$\{/);
      assert.match(sentence, nextStep);
    });
  }

  const saying = (code: string): string =>
    sentences
      .filter((one) => one.code === code)
      .map((one) => one.sentence)
      .join('\n');

  it('names the order, the customer, the case, the amounts it is about', () => {
    for (const code of [
      'order-pending',
      'already-cancelled',
      'case-open',
      'window-closed',
      'key-revoked',
      'key-not-ready',
    ])
      assert.match(saying(code), /1a2b3c4d5e6f/, code);
    assert.match(saying('case-open'), /SD-7K2M9Q/);
    assert.match(saying('above-limit'), /500\.00 EUR.*1,000\.00 EUR/);
    assert.match(saying('price-changed'), /1\.00 EUR to 2\.00 EUR/);
  });

  it('names who may, and what the person is', () => {
    const sentence = explain(
      en,
      new Refusal('not-allowed', { right: 'keys.reveal', roles: ['sales-agent', 'helpdesk-agent'] }),
    );

    assert.match(
      sentence,
      /^You may not see product keys and downloads\. You are a sales agent and a helpdesk agent\. Ask an admin agent/,
    );
    assert.match(sentence, /Microsoft 365 admin center/);
  });

  it('sends nobody to the role that they have', () => {
    for (const { right, roles } of samples['not-allowed']) {
      if (roles.some((role) => holdersOf[right].includes(role))) continue;
      const [, held = '', next = ''] =
        /You are (.*?)\. (.*)/.exec(explain(en, new Refusal('not-allowed', { right, roles }))) ?? [];
      for (const role of roles) {
        assert.match(held, new RegExp(`\\b${en.roles[role]}\\b`));
        assert.doesNotMatch(next, new RegExp(`\\b${en.roles[role]}\\b`));
      }
    }
  });

  for (const language of languages) {
    it(`has a title in ${language}: what is wrong on a line of its own, what to do below`, () => {
      for (const [code, facts] of Object.entries(samples).filter(([code]) => code !== 'invalid')) {
        for (const one of facts) {
          const lines = refusalText(wordsFor(language), new Refusal(code as RefusalCode, one)).split('\n');
          const [title = '', below = ''] = lines;
          // What was typed is the only thing to say besides.
          if (code === 'quantity-out-of-range') continue;
          assert.equal(lines.length, 2, `${code}: ${lines.join(' | ')}`);
          assert.ok(title.length <= 130, `${code}: ${title}`);
          assert.match(title, /[.]$/, code);
          assert.match(below, /^\p{Lu}.*[.?!]$/u, code);
        }
      }
    });
  }

  for (const language of languages.filter((one) => one !== 'en')) {
    it(`is whole in ${language}, and says something else than in English`, () => {
      for (const [code, facts] of Object.entries(samples).filter(([code]) => code !== 'invalid')) {
        for (const one of facts) {
          const refusal = new Refusal(code as RefusalCode, one);
          const sentence = explain(wordsFor(language), refusal);
          assert.match(sentence, /[.?!]$/, code);
          assert.doesNotMatch(sentence, /undefined|\[object|\$\{|\s{2}/, code);
          assert.notEqual(sentence, explain(en, refusal), code);
        }
      }
    });
  }

  it('does not call a whole order cancelled when it may have been a line', () => {
    assert.doesNotMatch(saying('key-revoked'), /Order \w+ is cancelled/);
    assert.doesNotMatch(en.notices.completed('SD-1', order), /order \w+ is cancelled/);
    assert.doesNotMatch(en.cancel.caseText.completed, /[Tt]he order is cancelled/);
    assert.doesNotMatch(en.cancel.willCancelNow(false), /whole/);
  });
});

describe('the sentence for a failure of Partner Center', () => {
  for (const kind of [
    'unreachable',
    'throttled',
    'unauthorized',
    'forbidden',
    'not-found',
    'not-offered',
    'conflict',
    'declined',
    'unexpected',
  ] as const) {
    it(`${kind}: says that nothing is lost, and no more than a person can use`, () => {
      const sentence = en.outside(
        outside(kind, { code: '800002', description: 'No credit', status: 400, correlationId: 'guid' }),
      );

      assert.match(sentence, /What you entered is kept/);
      assert.doesNotMatch(sentence, /guid|stack|undefined|fetch/);
    });

    it(`${kind}: does not say that anything is kept where nothing was entered`, () => {
      const sentence = en.outside(outside(kind, { description: 'No credit' }), { isKept: false });

      assert.match(sentence, /Nothing was begun/);
      assert.doesNotMatch(sentence, /is kept/);
    });
  }

  it('gives Partner Center’s own words and code where it declined', () => {
    assert.match(
      en.outside(outside('declined', { code: '800002', description: 'No credit' })),
      /If the reason is not clear, ask Microsoft’s support.* Partner Center said: “No credit \(800002\)”\.$/,
    );
    assert.match(en.outside(outside('declined')), /gave no reason/);
  });

  it('does not end its words twice', () => {
    assert.doesNotMatch(en.outside(outside('declined', { description: 'No credit.' })), /\.\./);
    assert.doesNotMatch(explain(en, new Refusal('order-declined', { said: [{ text: 'No credit.' }] })), /\.\./);
  });
});
