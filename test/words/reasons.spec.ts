import assert from 'node:assert/strict';
import type { CaseChange } from '../../src/domain/cancellations/case-event.ts';
import type { CaseReason } from '../../src/domain/cancellations/case-reason.ts';
import type { OrderReason } from '../../src/domain/orders/submission.ts';
import { languages } from '../../src/domain/people/languages.ts';
import { en } from '../../src/words/en.ts';
import { wordsFor } from '../../src/words/index.ts';
import { eur, outside } from '../support/fakes/samples.ts';

type Samples<T extends { readonly kind: string }> = { [K in T['kind']]: readonly Extract<T, { kind: K }>[] };

/** Facts for every kind; the compiler insists on all of them. */
const caseReasons: Samples<CaseReason> = {
  accepted: [{ kind: 'accepted' }],
  'ticket-wanted': [{ kind: 'ticket-wanted' }, { kind: 'ticket-wanted', said: { code: '900117', text: 'Too late.' } }],
  'sign-in-refused': [
    { kind: 'sign-in-refused' },
    { kind: 'sign-in-refused', before: { kind: 'ticket-wanted', said: { text: 'Too late.' } } },
  ],
  'hand-over': [
    { kind: 'hand-over', said: [] },
    { kind: 'hand-over', said: [{ text: 'Too late.' }, { code: '600', text: 'Title too long' }] },
  ],
  declined: [{ kind: 'declined' }, { kind: 'declined', said: { code: '800099', text: 'Not for you' } }],
  'given-up': [{ kind: 'given-up', by: 'Ada Nowak' }],
  'cancelled-in-part': [{ kind: 'cancelled-in-part' }, { kind: 'cancelled-in-part', said: { text: 'No' } }],
  overdue: [{ kind: 'overdue' }],
  'ticket-unseen': [{ kind: 'ticket-unseen', ticketId: '2611220000000001' }],
  'ticket-asks': [{ kind: 'ticket-asks' }, { kind: 'ticket-asks', said: 'Which server?' }],
  'ticket-closed': [{ kind: 'ticket-closed' }, { kind: 'ticket-closed', said: 'Refund denied.' }],
  unreachable: [{ kind: 'unreachable' }],
  recorded: [{ kind: 'recorded', text: 'Ask Ada.' }],
};

const caseChanges: Samples<CaseChange> = {
  ...caseReasons,
  submitted: [{ kind: 'submitted', reason: 'Ordered by mistake' }],
  cancelling: [{ kind: 'cancelling' }],
  filing: [{ kind: 'filing' }],
  'sign-in-over': [{ kind: 'sign-in-over' }],
  'ticket-filed': [{ kind: 'ticket-filed', ticketId: '1234567890' }],
  'ticket-entered': [
    { kind: 'ticket-entered', ticketId: '1234567890' },
    { kind: 'ticket-entered', ticketId: '1234567890', instead: '1234567809' },
  ],
  'ticket-found': [{ kind: 'ticket-found', ticketId: '1234567890' }],
  'ticket-answered': [{ kind: 'ticket-answered', ticketId: '1234567890' }],
  'ticket-closed-since': [{ kind: 'ticket-closed-since', ticketId: '1234567890' }],
  'taken-up': [
    { kind: 'taken-up', ending: 'cancel-now' },
    { kind: 'taken-up', ending: 'ticket', instead: '1234567890' },
  ],
  completed: [{ kind: 'completed' }, { kind: 'completed', item: '2 × SQL Server' }],
};

const orderReasons: Samples<OrderReason> = {
  'sign-in-refused': [{ kind: 'sign-in-refused' }],
  declined: [
    { kind: 'declined', said: [] },
    {
      kind: 'declined',
      said: [{ code: '10003', text: 'Not in stock' }, { text: 'No credit' }],
      missing: { point: 'agreement' },
    },
  ],
  'price-changed': [
    { kind: 'price-changed', was: eur(500), now: eur(512.5) },
    { kind: 'price-changed', was: eur(500) },
  ],
  'not-on-sale': [{ kind: 'not-on-sale' }],
  unclear: [
    { kind: 'unclear', said: [] },
    { kind: 'unclear', said: [{ text: 'Cart is ordered' }] },
  ],
  'ordered-with-errors': [{ kind: 'ordered-with-errors', said: [{ code: '800099', text: 'The add-on was left out' }] }],
  unreachable: [{ kind: 'unreachable' }],
  recorded: [{ kind: 'recorded', text: 'No credit – 800002' }],
};

function isWhole(sentence: string): void {
  assert.match(sentence, /^[A-Z0-9]/);
  assert.doesNotMatch(sentence, /undefined|null|NaN|\[object|\s{2}|\$\{|\.\.|: *\.|: *$/);
}

describe('the sentence for a reason', () => {
  for (const reason of Object.values(caseReasons).flat()) {
    it(`why a case stands where it stands exists (${JSON.stringify(reason)})`, () => {
      isWhole(en.caseReason(reason));
    });
  }

  for (const reason of Object.values(orderReasons).flat()) {
    it(`why an order stands where it stands exists (${JSON.stringify(reason)})`, () => {
      for (const state of ['accepted', 'declined', 'needs_person'] as const) isWhole(en.orderReason(reason, state));
    });
  }

  it('gives Partner Center’s and Microsoft’s own words, and says where there were none', () => {
    assert.match(en.caseReason({ kind: 'ticket-asks', said: 'Which server?' }), /on the ticket: Which server\?$/);
    assert.match(
      en.caseReason({ kind: 'cancelled-in-part', said: { code: '1', text: 'No' } }),
      /Only a part was cancelled\. If the reason .*Partner Center said: “No \(1\)”\.$/,
    );
    assert.match(en.caseReason({ kind: 'declined' }), /gave no reason/);
    assert.match(en.orderReason({ kind: 'unclear', said: [] }, 'needs_person'), /gave no reason/);
  });

  for (const language of languages) {
    it(`says in ${language} what a code of Partner Center means, and quotes what it said`, () => {
      const { caseReason, orderReason, outside: explain, refusals } = wordsFor(language);
      const description = 'XYZ.';
      const sentences = (code: string): string[] => {
        const said = { code, text: description };
        return [
          caseReason({ kind: 'declined', said }),
          caseReason({ kind: 'ticket-wanted', said }),
          caseReason({ kind: 'hand-over', said: [said] }),
          caseReason({ kind: 'cancelled-in-part', said }),
          orderReason({ kind: 'declined', said: [said] }, 'declined'),
          orderReason({ kind: 'unclear', said: [{ code }] }, 'needs_person'),
          orderReason({ kind: 'ordered-with-errors', said: [said] }, 'ordered'),
          refusals['order-declined']({ said: [said] }),
          explain(outside('declined', { code, description })),
        ];
      };

      const known = sentences('20002');
      const unknown = sentences('800002');
      for (const [at, sentence] of known.entries()) {
        assert.match(sentence, /[“„«]\u00a0?(XYZ.*)?20002\)?\u00a0?[”“»]\.$/);
        assert.doesNotMatch(sentence, /^(XYZ|[“„«])/);
        assert.notEqual(sentence.replace('20002', '800002'), unknown[at]);
      }
      const [meaning = ''] = caseReason({ kind: 'declined', said: { code: '20002' } }).split(/[“„«]/);
      for (const sentence of known) assert.ok(sentence.includes(meaning.trim()), sentence);
    });
  }

  it('reads no code in what is only quoted', () => {
    assert.match(
      en.caseReason({ kind: 'declined', said: { text: 'Too late. (900117)' } }),
      /^If the reason is not clear,.* Partner Center said: “Too late\. \(900117\)”\.$/,
    );
  });

  it('says each meaning once, where several things were refused', () => {
    const said = [
      { code: '900117', text: 'Too late.' },
      { code: '900308', text: 'No right' },
      { code: '900117', text: 'Later still' },
    ];

    assert.equal(
      en.caseReason({ kind: 'hand-over', said }),
      'Partner Center takes no ticket by API; it has to be filed by hand. The cancellation window has passed; a ticket to Microsoft can still ask for the refund. Our account at Partner Center lacks a right: please tell your administrator. Partner Center said: “Too late. (900117); No right (900308); Later still (900117)”.',
    );
  });

  it('names amounts before and after', () => {
    const [changed, gone] = orderReasons['price-changed'].map((reason) => en.orderReason(reason, 'declined'));

    assert.match(changed ?? '', /from 500\.00 EUR to 512\.50 EUR/);
    assert.match(gone ?? '', /no longer has the unit price of 500\.00 EUR/);
  });

  it('tells a sign-in that is waited for from one that was waited for in vain', () => {
    const reason = { kind: 'sign-in-refused' } as const;

    assert.notEqual(en.orderReason(reason, 'accepted'), en.orderReason(reason, 'needs_person'));
  });
});

describe('the sentence for a change of a case', () => {
  for (const change of Object.values(caseChanges).flat()) {
    it(`exists (${JSON.stringify(change)})`, () => {
      isWhole(en.caseChange(change));
    });
  }

  it('names the ticket that it is about, and the one it replaces', () => {
    for (const change of Object.values(caseChanges).flat())
      if ('ticketId' in change) assert.ok(en.caseChange(change).includes(change.ticketId), change.kind);
    assert.match(
      en.caseChange({ kind: 'ticket-entered', ticketId: '2', instead: '1' }),
      /^Request number changed from 1 to 2\.$/,
    );
    assert.match(
      en.caseChange({ kind: 'taken-up', ending: 'ticket', instead: '1' }),
      /a new ticket is filed; request 1 is no longer followed/,
    );
  });

  it('does not call a whole order cancelled when it was a part', () => {
    assert.doesNotMatch(en.caseChange({ kind: 'completed', item: 'SQL Server' }), /[Tt]he order is cancelled/);
  });
});
