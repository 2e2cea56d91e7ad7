import { approvalCard, approvalStepCard, approvalsCard, untoldCard } from '../../src/cards/approval.ts';
import { auditCard, entriesPerPage } from '../../src/cards/audit.ts';
import { button, commandButton, openButton, questionButtons } from '../../src/cards/buttons.ts';
import { cancelCard, chooseLinesCard, reviewCaseCard } from '../../src/cards/cancel.ts';
import type { Card } from '../../src/cards/card.ts';
import { confirmActionCard, handOverCard, openCaseCard } from '../../src/cards/case.ts';
import { fieldCard, formCard } from '../../src/cards/case-fields.ts';
import { caseNoticeCard } from '../../src/cards/case-notice.ts';
import { caseCard, customerTextCard, followedCaseCard } from '../../src/cards/case-status.ts';
import { casesCard } from '../../src/cards/cases.ts';
import { chooseCard, questionCard } from '../../src/cards/choose.ts';
import { dailyCard, dailyChoiceCard, dailyEndedCard } from '../../src/cards/daily.ts';
import { differencesCard } from '../../src/cards/differences.ts';
import { digestCard, mostInDigest } from '../../src/cards/digest.ts';
import { doctorCard } from '../../src/cards/doctor.ts';
import { draftsCard } from '../../src/cards/drafts.ts';
import { filesCard, whichCancellationCard } from '../../src/cards/files.ts';
import { caseFoundCard, customerFoundCard, orderFoundCard } from '../../src/cards/found.ts';
import { choiceInput, textInput } from '../../src/cards/inputs.ts';
import { keysElsewhereCard, keysSettledCard, placeholderCard, readyCard, secretCard } from '../../src/cards/keys.ts';
import { languageCard } from '../../src/cards/language.ts';
import { leakCard, leakNotReportedCard, leakQuestionCard, leaksCard } from '../../src/cards/leak.ts';
import { messageCard, textCard } from '../../src/cards/message.ts';
import { orderCard, reviewPurchaseCard } from '../../src/cards/purchase.ts';
import { itemCard, termChoices } from '../../src/cards/purchase-item.ts';
import { purchasesCard } from '../../src/cards/purchases.ts';
import { agreementCard, missingCard, reviewAgreementCard } from '../../src/cards/readiness.ts';
import { fileReminderCard, notRemindedCard, reminderCard, reminderDecidedCard } from '../../src/cards/reminder.ts';
import { type CardContext, draw } from '../../src/cards/render.ts';
import { reviewCard, reviewsCard } from '../../src/cards/review.ts';
import { helpCard, notUnderstoodCard, type Topic, topicCard, welcomeCard } from '../../src/cards/welcome.ts';
import type { AuditEntry } from '../../src/domain/audit/audit.ts';
import type { CaseState } from '../../src/domain/cancellations/case.ts';
import type { CaseEvent } from '../../src/domain/cancellations/case-event.ts';
import { caseFields } from '../../src/domain/cancellations/case-fields.ts';
import type { Eligibility } from '../../src/domain/cancellations/eligibility.ts';
import type { TicketFile } from '../../src/domain/cancellations/ticket-file.ts';
import type { ReadinessProblem } from '../../src/domain/customers/readiness.ts';
import type { FoundDifference } from '../../src/domain/differences/difference.ts';
import type { KeyReveal } from '../../src/domain/keys/key-reveals.ts';
import type { Doubt } from '../../src/domain/orders/ask-back.ts';
import type { Purchase } from '../../src/domain/orders/purchases.ts';
import { Secret } from '../../src/domain/secret.ts';
import { type SetupFinding, setupAreas } from '../../src/domain/setup/setup-check.ts';
import { en } from '../../src/words/en.ts';
import type { Words } from '../../src/words/index.ts';
import { commandWord } from '../../src/words/spellings.ts';
import {
  aCase,
  aContent,
  aCustomer,
  aDraft,
  aLeak,
  aLine,
  anApproval,
  anAvailability,
  anItem,
  anOrder,
  anOrderSubmission,
  aPurchase,
  aSku,
  aTicket,
  aVersion,
  eur,
  startAt,
} from '../support/fakes/samples.ts';

/** The names and numbers that a card is drawn with. */
export interface Matter {
  readonly kind: 'realistic' | 'extreme';
  readonly name: string;
  readonly title: string;
  readonly sentence: string;
  /** How long lists are. */
  readonly many: number;
  readonly problem?: string;
}

export const hostile =
  '[x](https://evil) <at>all</at> **b** _i_ ${expression} ~~s~~ `c` \\ &lt;b&gt; Zażółć gęślą jaźń';

const long = (length: number): string =>
  `${hostile} `
    .repeat(Math.ceil(length / hostile.length))
    .slice(0, length)
    .trim();

export const realistic: Matter = {
  kind: 'realistic',
  name: 'Łódzkie Zakłady Papiernicze Sp. z o.o.',
  title: 'Windows Server 2022 Standard - 16 Core License Pack',
  sentence: 'Ordered by mistake, the customer wanted Datacenter.',
  many: 12,
};

export const extreme: Matter = {
  kind: 'extreme',
  name: long(250),
  title: long(255),
  sentence: long(1000),
  many: 100,
  problem: long(1024),
};

export const secretText = 'SMPLE-AAAAA-BBBBB-CCCCC-DDDDD';
export const secretLink = `https://download.example/file?signature=${'s'.repeat(600)}`;

const now = startAt;
const id = (n: number): string => `${String(n).padStart(8, '0')}-aaaa-4aaa-8aaa-aaaaaaaaaaaa`;

export interface Drawn {
  /** The function that drew it, and in which situation. */
  readonly by: string;
  readonly about: string;
  readonly card: Card;
}

/** Every card function of `src/cards/`, in every situation that it has a look for. */
export function everyCard(matter: Matter, words: Words = en): Drawn[] {
  const { name, title, sentence, many, problem } = matter;
  const context: CardContext = {
    words,
    timeZone: 'Europe/Warsaw',
    isSimulated: true,
    draft: { id: id(1), step: 'contactEmail', submissionId: id(2), canGoBack: true },
    problem,
  };
  const cards: Drawn[] = [];
  const add = (by: string, about: string, card: Card): void => void cards.push({ by, about, card });
  const range = Array.from({ length: many }, (_, n) => n);

  const customer = aCustomer({ name });
  const lines = range
    .slice(0, 20)
    .map((n) => aLine({ number: n, title: matter.kind === 'extreme' ? title.slice(0, 120) : title }));
  const order = anOrder({ lines });
  const choices = range.map((n) => ({ title: `${name} (${n}.onmicrosoft.com)`, value: id(n) }));

  add(
    'messageCard',
    'with everything',
    messageCard(context, {
      title,
      lines: [sentence, sentence],
      facts: range.slice(0, 10).map((n) => ({ title: `Fact ${n}`, value: name })),
      notes: [sentence],
      buttons: [button(context, 'resume'), button(context, 'discard')],
    }),
  );
  add(
    'textCard',
    'a refusal',
    textCard(context, words.refusals['waits-for-others']({ owner: name, right: 'cancel.submit' })),
  );
  for (const readers of ['outsiders', 'unknown'] as const) {
    const { title: withheld, text } = words.common.withheld(readers);
    add(
      'messageCard',
      `in a channel, to one person alone because of its readers (${readers})`,
      messageCard({ ...context, whyPrivate: words.common.onlyYou(readers) }, { title: withheld, lines: [text] }),
    );
  }
  add('messageCard', 'with a title only', messageCard({ ...context, isSimulated: false, draft: undefined }, { title }));

  add(
    'draw',
    'with all that a card can have',
    draw(context, {
      title,
      subtitle: name,
      icon: 'History',
      badge: { text: title, style: 'warning', icon: 'Clock', tooltip: sentence },
      amount: { text: words.money(eur(323840)), note: sentence },
      progress: { value: 10, max: 30, text: sentence },
      lines: [sentence],
      items: [0, 3].map((n) => ({
        heading: title,
        details: [name],
        badge: { text: words.software.windowClosed, style: 'subtle' },
        ...(n === 3 ? { action: button(context, 'resume') } : { buttons: [button(context, 'keys')], isOpen: n === 0 }),
      })),
      inputs: [
        textInput(words, 'reason'),
        textInput(words, 'contactName'),
        choiceInput(words, 'customer', choices.slice(0, 5), {}),
      ],
      totals: [{ label: title, value: words.money(eur(323840)) }],
      folded: {
        title,
        text: sentence,
        badge: { text: words.cancel.filled.done(6, 8), style: 'good' },
        facts: [{ title: 'Fact', value: sentence }],
        change: title,
        inputs: [textInput(words, 'title')],
      },
      buttons: [button(context, 'submit', { mode: 'secondary' })],
    }),
  );
  add(
    'chooseCard',
    'many customers',
    chooseCard(context, 'customer', choices, { title: sentence.slice(0, 200), subtitle: name, canKeep: true }),
  );
  for (const n of [2, 7]) {
    add(
      'chooseCard',
      `${n} products`,
      chooseCard(context, 'product', choices.slice(0, n), { title, canKeep: false, value: id(1) }),
    );
  }
  const searched = { title, canKeep: true, dataset: `customer/${id(1)}`, placeholder: words.purchase.searchCustomer };
  add('chooseCard', 'with a search while typing', chooseCard(context, 'customer', choices.slice(0, 16), searched));
  add(
    'chooseCard',
    'with those that may be meant',
    chooseCard(context, 'customer', choices.slice(0, 5), { ...searched, candidates: choices.slice(0, 5) }),
  );
  add(
    'questionCard',
    'with all buttons',
    questionCard(context, [], {
      title,
      canKeep: true,
      extra: [button(context, 'oneForm')],
      lines: [sentence],
      notes: [sentence],
      facts: [{ title: 'Fact', value: name }],
    }),
  );

  const sku = aSku({ title, needsAttestation: true });
  const terms = ['P1Y', 'P3Y', undefined].map((duration) => ({
    duration,
    billingCycle: duration ? 'annual' : 'one_time',
  }));
  const offers = ['commercial', 'education', 'government', 'nonprofit'].map((segment) =>
    anAvailability({ segment, terms }),
  );
  const earlier = [{ itemTitle: title, quantity: 999_999_999, unitPrice: eur(987_654_321.09) }];
  const asked = { customer: name, lines: [sentence], earlier: [], products: choices, entered: {} };
  const known = {
    ...asked,
    product: id(1),
    terms: termChoices(sku, offers),
    unitPrice: eur(987_654_321.09),
    item: title,
  };
  add('itemCard', 'nothing chosen yet', itemCard(context, asked));
  add('itemCard', 'at the beginning', itemCard({ ...context, draft: undefined }, asked));
  add('itemCard', 'the edition is open', itemCard(context, { ...asked, product: id(1), editions: choices }));
  add('itemCard', 'everything to choose', itemCard(context, known));
  const search = { dataset: `product/${id(1)}`, products: choices.slice(0, 16), candidates: choices.slice(0, 4) };
  add('itemCard', 'with a search while typing', itemCard(context, { ...known, ...search }));
  const filledIn = { quantity: 'many', segment: 'x', attestation: 'true' };
  const further = [{ product: title, quantity: 999_999_999 }, { product: name }];
  add('itemCard', 'with what was entered', itemCard(context, { ...known, earlier, further, entered: filledIn }));

  const missing: ReadinessProblem[] = [
    { point: 'relationship' },
    { point: 'account', status: matter.kind === 'extreme' ? title : 'UnderReview' },
    { point: 'account' },
    { point: 'agreement' },
    ...['commercial', 'education'].map((segment): ReadinessProblem => ({ point: 'segment', segment })),
    ...(['denied', 'in-review', 'unknown'] as const).map(
      (status): ReadinessProblem => ({ point: 'qualification', name: 'Education', status, reason: sentence }),
    ),
    { point: 'address', isUnverified: true, lacks: [], message: sentence },
    {
      point: 'address',
      isUnverified: false,
      lacks: ['street', 'city', 'state', 'postal-code', 'phone', 'registration-number'],
    },
    {
      point: 'address',
      isUnverified: true,
      lacks: ['state'],
      suggestion: { line1: name, line2: name, city: name, postalCode: '90-001', country: 'PL' },
    },
  ];
  const contact = { firstName: name.slice(0, 50), lastName: name.slice(0, 50), email: 'anna@contoso.example' };
  for (const mayConfirmAgreement of [true, false]) {
    const may = mayConfirmAgreement ? 'may confirm the agreement' : 'may not confirm the agreement';
    add('missingCard', may, missingCard(context, { customer: name, missing, mayConfirmAgreement }));
    const accepted = { customer: name, contact: { ...contact, phoneNumber: '+48 22 555 01 00' }, on: now };
    add('reviewAgreementCard', may, reviewAgreementCard(context, { ...accepted, mayConfirm: mayConfirmAgreement }));
  }
  const first = { ...context, draft: context.draft && { ...context.draft, canGoBack: false } };
  const onlyAddress = { customer: name, missing: missing.slice(-1), mayConfirmAgreement: true };
  add('missingCard', 'at the beginning', missingCard(first, onlyAddress));
  const about = { customer: name, link: 'https://agreement.example/text', lastDay: '2026-03-10' } as const;
  add(
    'agreementCard',
    'prefilled',
    agreementCard(context, { ...about, filledIn: 'from-profile' }, { ...contact, agreedOn: '2026-03-10' }),
  );
  add(
    'agreementCard',
    'empty, without the text',
    agreementCard(context, { ...about, link: undefined, filledIn: 'nothing' }, {}),
  );

  const content = aPurchase({
    customerName: name,
    itemTitle: title,
    item: anItem({ quantity: 999_999_999, termDuration: 'P3Y', billingCycle: 'triennial' }),
    total: eur(987_654_321.09),
  });
  const doubts: Doubt[] = [
    { kind: 'repeated', submissionId: '1', item: title, quantity: 999_999_999, at: now.toISOString(), by: name },
    { kind: 'unusual', item: title, quantity: 999_999_999, usual: 1, isOfItem: true },
    { kind: 'expensive', total: eur(987_654_321.09) },
  ];
  const closesAt = new Date('2026-04-09T23:59:00Z');
  const window = { closesAt, refund: 'full' as const, source: 'policy' as const };
  for (const mayConfirm of [true, false]) {
    for (const preparedBy of [undefined, name]) {
      add(
        'reviewPurchaseCard',
        `${mayConfirm ? 'may confirm' : 'may not'}, ${preparedBy ? 'handed over' : 'own'}`,
        reviewPurchaseCard(context, {
          content,
          missing: preparedBy ? missing : [],
          windows: [preparedBy ? undefined : window],
          now,
          mayConfirm,
          preparedBy,
          doubts: preparedBy ? doubts : [],
        }),
      );
    }
  }
  add(
    'reviewPurchaseCard',
    'above the limit',
    reviewPurchaseCard(context, {
      ...{ content, missing: [], windows: [window], now, mayConfirm: false, doubts: [] },
      limit: eur(100),
    }),
  );
  add(
    'reviewPurchaseCard',
    'above the limit, handed over',
    reviewPurchaseCard(context, {
      ...{ content, missing: [], windows: [window], now, mayConfirm: true, doubts: [], preparedBy: name },
      limit: eur(100),
    }),
  );
  add(
    'orderCard',
    'waited too long',
    orderCard(context, anOrderSubmission({ content, state: 'declined', reason: { kind: 'unreachable' } }), []),
  );
  for (const state of ['accepted', 'ordered', 'declined', 'needs_person'] as const) {
    const submission = anOrderSubmission({
      state,
      content: { ...content, cancellableUntilAt: closesAt, preparer: { id: id(3), name } },
      personName: name,
      reason: { kind: 'recorded', text: sentence },
    });
    add('orderCard', state, orderCard(context, submission, state === 'ordered' ? ['number-1', 'number-2'] : []));
    for (const one of state === 'declined' ? missing : [])
      add(
        'orderCard',
        one.point,
        orderCard(
          context,
          { ...submission, reason: { kind: 'declined', said: [{ text: sentence }], missing: one } },
          [],
        ),
      );
    if (state === 'declined')
      add(
        'orderCard',
        'another price',
        orderCard(context, { ...submission, reason: { kind: 'price-changed', was: eur(1), now: eur(2) } }, []),
      );
    if (state === 'accepted')
      add(
        'orderCard',
        'sign-in refused',
        orderCard(context, { ...submission, reason: { kind: 'sign-in-refused' } }, []),
      );
  }

  const purchases = range.map(
    (n): Purchase => ({
      order: anOrder({ id: `${id(n)}-long`, number: `1a2b3c4d5e${n}` }),
      line: aLine({ number: n, title, quantity: n % 3 }),
      state: (['active', 'pending', 'cancelling', 'cancelled'] as const)[n % 4] ?? 'active',
      isSoftware: true,
      window: [window, { ...window, closesAt: new Date('2025-01-01T00:00:00Z') }, undefined][n % 3],
    }),
  );
  for (const n of [0, 1, many]) {
    add(
      'purchasesCard',
      `${n} purchases`,
      purchasesCard(context, {
        title: words.software.softwareOf(name),
        nothing: words.software.nothing(name),
        customer: name,
        purchases: purchases.slice(0, n),
        now,
        may: { keys: true, cancel: true, buy: true },
        command: 'software contoso',
        from: n > 20 ? 3 : 0,
      }),
    );
  }

  const openFound = openButton(words.buttons.open, 'https://desk.example/order/1a2b3c4d5e6f');
  for (const state of ['active', 'pending', 'cancelling', 'cancelled', undefined] as const) {
    const found = { number: order.number, customerName: name, createdAt: now, lines, state };
    add('orderFoundCard', state ?? 'as it was ordered', orderFoundCard(context, found, openFound));
  }
  add('customerFoundCard', 'a customer', customerFoundCard(context, customer, openFound));

  const eligibility: Eligibility = {
    customer,
    order,
    lines,
    isWholeOrder: true,
    window,
    isInWindow: true,
    refund: { amount: eur(123_456.78), paid: eur(234_567.89), rule: 'prorated', termDays: 1096, usedDays: 7 },
    endings: ['cancel-now', 'ticket'],
    ticket: aTicket(),
    unread: ['offer'],
  };
  const closed: Eligibility = {
    ...eligibility,
    isInWindow: false,
    endings: ['ticket'],
    ticket: undefined,
    unread: ['tickets', 'offer'],
    refund: undefined,
  };
  const change = { kind: 'declined', said: { text: sentence } } as const;
  const viewers = [1, 200].map((times) => ({ name, keys: times, downloads: times - 1, lastAt: now }));
  const refusedOnce: Eligibility = { ...eligibility, endings: ['ticket'], refused: { case: aCase(), change, at: now } };
  const whole: Eligibility = { ...eligibility, refund: { amount: eur(10), paid: eur(10), rule: 'full' } };
  for (const [state, shown, at] of [
    ['in the window', eligibility, now],
    ['all comes back', whole, now],
    ['refused at once', refusedOnce, now],
    ['after the window', closed, new Date('2026-05-01T00:00:00Z')],
    ['no window known', { ...closed, window: undefined }, now],
    ['no price', { ...closed, window: undefined, paid: undefined }, now],
  ] as const)
    for (const maySubmit of [true, false])
      for (const preparedBy of [undefined, name]) {
        const about = `${state}, ${maySubmit ? 'may submit' : 'may not'}, ${preparedBy ? 'handed over' : 'own'}`;
        const offer = { eligibility: shown, now: at, seenBy: preparedBy ? viewers : [], maySubmit, preparedBy };
        add('cancelCard', about, cancelCard(context, { ...offer, entered: { why: 'twice', reason: sentence } }));
        const begun = { ownerName: name.slice(0, 100), changedAt: now };
        add('cancelCard', `${about}, begun by somebody else`, cancelCard(context, { ...offer, begun, entered: {} }));
      }
  add('chooseLinesCard', 'many lines', chooseLinesCard(context, order, lines));
  const caseContent = aContent({
    closesAt: '2026-04-04T23:59:00.000Z',
    customerName: name,
    item: lines.map((line) => `${line.quantity} × ${line.title}`).join('; '),
    reason: sentence,
    amountNote: sentence.slice(0, 255),
    title: title.slice(0, 255),
    contactName: name.slice(0, 100),
  });
  const files: TicketFile[] = [
    { id: 'f-1', name: `${'Vertrag und Lieferschein '.repeat(4)}.pdf`, type: 'pdf', size: 20 * 1024 * 1024 },
    { id: 'f-2', name: 'photo.jpg', type: 'jpeg', size: 900, ticketId: '1234567890' },
    { id: 'f-3', name: 'list.csv', type: 'text', size: 51_200, isRefused: true },
  ];
  const inOwnChat = { files, isForOne: true, isInOwnChat: true, hasPages: true };
  const inChannel = { files, isForOne: false, isInOwnChat: false, hasPages: false };
  const target = { owner: { of: 'draft', id: 'd-1' }, orderNumber: order.number, customerName: name } as const;
  const ofCase = { ...target, owner: { of: 'case', id: 'SD-7K2M9Q' }, reference: 'SD-7K2M9Q' } as const;
  add('filesCard', 'several', filesCard(context, { target: ofCase, files, added: ['f-1', 'f-2'] }));
  add('filesCard', 'none', filesCard(context, { target, files: [], added: [] }));
  const names = files.map((file) => file.name);
  add('whichCancellationCard', 'two', whichCancellationCard(context, { names, targets: [target, ofCase] }));
  for (const ending of ['cancel-now', 'ticket'] as const) {
    for (const maySubmit of [true, false]) {
      for (const preparedBy of [undefined, name]) {
        const about = `${ending}, ${maySubmit ? 'may submit' : 'may not'}, ${preparedBy ? 'handed over' : 'own'}`;
        add(
          'reviewCaseCard',
          about,
          reviewCaseCard(context, {
            ...{ eligibility, content: caseContent, ending, now, maySubmit, preparedBy },
            ...(preparedBy ? inChannel : inOwnChat),
          }),
        );
      }
    }
  }

  const answers = {
    tenant: 'contoso.com',
    reason: sentence,
    amount: '1,234.50',
    title: title.slice(0, 255),
    contactName: name,
    impact: 'moderate',
  };
  const fieldFacts = { customer: aCustomer(), order, paid: eur(1234.5) };
  for (const field of caseFields)
    add(
      'fieldCard',
      field,
      fieldCard(context, field, answers, {
        subtitle: words.cancel.draftTitle('1a2b', name),
        step: words.common.of(3, 10),
        facts: fieldFacts,
      }),
    );
  add(
    'formCard',
    'filled in',
    formCard(context, { answers, missing: [], facts: fieldFacts, customerName: name, hasPages: true }),
  );
  add(
    'formCard',
    'two are missing',
    formCard(context, {
      answers,
      missing: ['contactEmail', 'contactPhone'],
      facts: fieldFacts,
      customerName: name,
      hasPages: true,
    }),
  );
  add(
    'formCard',
    'empty',
    formCard(
      { ...context, draft: { id: id(1), step: 'form', canGoBack: false } },
      { answers: {}, missing: caseFields, facts: fieldFacts, customerName: name, hasPages: false },
    ),
  );

  const keyReveals = range.slice(0, 30).map(
    (n): KeyReveal => ({
      personId: id(n),
      personName: `${name} ${n}`,
      customerId: id(1),
      orderId: order.id,
      what: 'key',
      item: title,
      at: now,
    }),
  );
  const cases = range.map((n) =>
    aCase({
      reference: `SD-${String(n).padStart(6, '2')}`,
      content: caseContent,
      requesterName: name,
      reason: { kind: 'recorded', text: sentence },
      ticketId: '1234567890',
    }),
  );
  const followed = aCase({
    content: caseContent,
    requesterName: name,
    reason: { kind: 'recorded', text: sentence },
    ticketId: '1234567890',
  });
  const way: readonly CaseState[] = ['submitted', 'cancelling', 'filing', 'filed', 'needs_person', 'filing', 'filed'];
  const storyTo = (state: CaseState) => ({
    history: [...way, state].map(
      (to, n): CaseEvent => ({
        reference: followed.reference,
        from: n === 0 ? 'draft' : way[n - 1],
        to,
        change: { kind: 'recorded', text: sentence },
        at: new Date(now.getTime() + n * 3_600_000),
      }),
    ),
    keyReveals: state === 'completed' ? keyReveals : [],
  });
  const nothingTold = { history: [], keyReveals: [] };
  for (const state of [
    'submitted',
    'filing',
    'filed',
    'cancelling',
    'completed',
    'refused',
    'needs_person',
  ] satisfies CaseState[]) {
    add('caseCard', state, caseCard(context, { ...followed, state }, nothingTold));
    add('caseCard', `${state} at the end of a long way`, caseCard(context, { ...followed, state }, storyTo(state)));
  }
  add(
    'caseFoundCard',
    'a case',
    caseFoundCard(context, aCase({ content: caseContent, requesterName: name }), openFound),
  );
  const byHand = aCase({ content: caseContent, state: 'needs_person', reason: { kind: 'hand-over', said: [] } });
  const givenUp = { ...followed, state: 'refused', reason: { kind: 'given-up', by: name } } as const;
  for (const following of ['yes', 'no', 'told', 'over'] as const)
    add('followedCaseCard', following, followedCaseCard(context, followed, { story: storyTo('filed'), following }));
  const inTheWay = words.refusals['case-open']({ order: '1a2b3c4d5e6f', reference: 'SD-7K2M9Q' });
  add(
    'followedCaseCard',
    'instead of a second cancellation',
    followedCaseCard(context, followed, { story: nothingTold, following: 'no', why: inTheWay }),
  );
  add('caseCard', 'handed over by hand', caseCard(context, byHand, nothingTold));
  add('caseCard', 'given up', caseCard(context, givenUp, storyTo('refused')));
  for (const [kind, told] of [
    ['case-completed', { ...followed, state: 'completed' }],
    ['case-refused', { ...followed, state: 'refused' }],
    ['case-refused', givenUp],
    ['case-needs-person', { ...followed, state: 'needs_person' }],
    ['case-needs-person', { ...byHand, content: caseContent }],
  ] as const)
    add(
      'caseNoticeCard',
      `${kind}, ${told.reason?.kind}`,
      caseNoticeCard(context, told, { kind, story: storyTo(told.state), now }),
    );
  const inBoth = ['en', words.language].map((language) => ({ name: language, words }));
  add('customerTextCard', 'in two languages', customerTextCard(context, followed, inBoth));
  add('handOverCard', 'all parts', handOverCard(context, aCase({ content: caseContent }), { endings: [], now }));
  const refused = aCase({
    content: caseContent,
    state: 'needs_person',
    reason: { kind: 'hand-over', said: [{ text: sentence, code: '900117' }] },
  });
  add(
    'handOverCard',
    'after a refusal, with a number',
    handOverCard(context, refused, {
      ...{ endings: ['cancel-now', 'ticket'], number: '1-1234567890123', now },
      files: inOwnChat,
    }),
  );
  const stuck = aCase({
    content: caseContent,
    state: 'needs_person',
    reason: { kind: 'recorded', text: sentence },
    ticketId: '1234567890',
  });
  add(
    'openCaseCard',
    'needs a person',
    openCaseCard(context, stuck, {
      endings: ['cancel-now', 'ticket'],
      number: '12',
      story: storyTo('needs_person'),
      files: inChannel,
    }),
  );
  const waiting = { ...stuck, state: 'filed' } as const;
  add(
    'openCaseCard',
    'waits for Microsoft',
    openCaseCard(context, waiting, { endings: [], story: storyTo('filed'), files: inOwnChat }),
  );
  add('confirmActionCard', 'cancel now', confirmActionCard(context, stuck, { what: 'cancelNow', eligibility, now }));
  add('confirmActionCard', 'cancel now, unread', confirmActionCard(context, stuck, { what: 'cancelNow', now }));
  add('confirmActionCard', 'give up', confirmActionCard(context, stuck, { what: 'giveUp', now }));
  for (const n of [0, 1, 50])
    add('casesCard', `${n} cases`, casesCard(context, { cases: cases.slice(0, n), command: 'cases', from: 0 }));
  add('casesCard', 'the newest', casesCard(context, { cases, most: 50, command: 'cases', from: 0 }));

  const closing = { orderNumber: order.number, closesAt, now };
  for (const [mayCancel, canWait, draftOwner, shown] of [
    [true, true, undefined, eligibility],
    [true, false, name, whole],
    [false, true, undefined, undefined],
  ] as const)
    add(
      'reminderCard',
      `${mayCancel ? 'may cancel' : 'may not'}, ${draftOwner ? 'of a draft' : 'asked for'}`,
      reminderCard(context, { ...closing, mayCancel, canWait, draftOwner, eligibility: shown }),
    );
  add(
    'fileReminderCard',
    'to be filed by hand',
    fileReminderCard(context, { ...byHand, content: caseContent }, closing),
  );
  for (const choice of ['keep', 'last-day'] as const) {
    const decision = {
      ...{ choice, at: now, closesAt, personId: id(1), personName: name },
      ...{ customerId: id(2), customerName: name, orderId: order.id, orderNumber: order.number },
    };
    add('reminderDecidedCard', choice, reminderDecidedCard(context, decision, choice === 'keep' ? undefined : now));
  }
  add('notRemindedCard', 'of somebody else', notRemindedCard(context, order.number));

  const deed = { cursor: 'cursor', at: now, who: name, customerId: id(1), customerName: name };
  const deeds = range.slice(0, entriesPerPage).map((n): AuditEntry => {
    const about = { ...deed, orderNumbers: [order.number, order.id].slice(0, n % 3) };
    const [what, state] = [
      (['key', 'download', 'link'] as const)[n % 3] ?? 'key',
      n % 2 ? 'declined' : 'ordered',
    ] as const;
    const [from, to] = [n % 2 ? 'needs_person' : 'draft', n % 3 ? 'submitted' : 'needs_person'] as const;
    const total = eur(987_654_321.09);
    const kinds: AuditEntry[] = [
      {
        ...about,
        kind: 'order',
        state,
        quantity: 999_999_999,
        itemTitle: title,
        total,
        reason: { kind: 'recorded', text: sentence },
      },
      {
        ...about,
        kind: 'secret',
        what,
        item: title,
        isWithdrawn: n % 2 === 1,
        ...(n % 4 === 3 && { refusal: 'used' }),
      },
      { ...about, kind: 'case', reference: 'SD-7K2M9Q', from, to, change: { kind: 'recorded', text: sentence } },
      { ...about, kind: 'agreement', contact, agreedAt: now, isTaken: n % 2 === 1 },
      { ...about, kind: 'reminder', choice: n % 2 ? 'keep' : 'last-day' },
      {
        ...about,
        kind: 'difference',
        difference: { ...about, customerName: name, kind: 'order-not-recorded', submissionId: id(n) },
      },
      { ...about, kind: 'leak', reference: 'LK-7K2M9Q', leaked: 'both', step: 'reported', text: sentence },
      { ...about, kind: 'decision', decision: { kind: 'taken-over', title: sentence, from: name } },
    ];
    return kinds[n % 8] ?? { ...about, kind: 'agreement', contact, agreedAt: now, isTaken: true };
  });
  const ofCustomer = {
    ...{ title: words.audit.of(name), before: 0, isEnd: false },
    ...{ command: `audit ${id(1)} 2026-11-01 to 2026-11-30`, top: `2026-11-30T10:00:00.000Z secret ${'0'.repeat(19)}` },
    canExport: true,
  };
  add('auditCard', 'the first page', auditCard(context, { ...ofCustomer, entries: deeds }));
  add('auditCard', 'a page between', auditCard(context, { ...ofCustomer, entries: deeds, before: 24 }));
  add('auditCard', 'one entry only', auditCard(first, { ...ofCustomer, entries: deeds.slice(0, 1), isEnd: true }));

  const ofOne = { customerId: id(3), customerName: name, foundAt: now };
  const differ = range.flatMap((n): FoundDifference[] => [
    { ...ofOne, kind: 'order-unknown', submissionId: id(n), orderId: id(n) },
    { ...ofOne, kind: 'order-not-recorded', submissionId: id(n) },
    { ...ofOne, kind: 'case-not-completed', reference: 'SD-7K2M9Q', orderId: id(n) },
    { ...ofOne, kind: 'case-order-active', reference: 'SD-7K2M9Q', orderId: id(n) },
    { ...ofOne, kind: 'ticket-unknown', reference: 'SD-7K2M9Q', ticketId: '2611300040001234' },
    { kind: 'ticket-without-case', reference: 'SD-AAAAAA', ticketId: '2611300040001234', foundAt: now },
  ]);
  const numbers = new Map([[id(0), '1a2b3c4d5e6f']]);
  add('differencesCard', 'all of them', differencesCard(context, { found: differ, numbers, from: 0 }));
  const differNews = { found: differ.slice(0, 3), numbers, from: 0, isNews: true };
  add('differencesCard', 'as a notice', differencesCard({ ...context, draft: undefined }, differNews));
  add('differencesCard', 'none', differencesCard(context, { found: [], comparedAt: now, numbers, from: 0 }));
  const setUp = setupAreas.map(
    (area, n): SetupFinding => ({ area, code: 'consent-without-mfa', level: n % 2 ? 'problem' : 'warning', says: '' }),
  );
  add('doctorCard', 'with much that is wrong', doctorCard(context, setUp));
  add('doctorCard', 'with nothing wrong', doctorCard(context, []));
  add('differencesCard', 'not yet', differencesCard(context, { found: [], numbers, from: 0 }));

  const bert = { id: id(2), name };
  const steps = [
    { step: 'asked', at: now.toISOString(), by: { id: id(1), name } },
    { step: 'claimed', at: now.toISOString(), by: bert },
    { step: 'commented', at: now.toISOString(), by: bert, text: title },
  ] as const;
  const bought = { customerName: name, itemTitle: title, preparer: bert };
  const ofOrder = anApproval({
    reviewed: { kind: 'order', content: aPurchase(bought) },
    requester: { id: id(1), name },
  });
  const ofRefund = anApproval({
    reviewed: { kind: 'cancellation', ending: 'ticket', content: aContent({ customerName: name, item: title }) },
    claim: bert,
    steps,
  });
  const seen = { customerId: id(3), customerName: name, orderNumber: '1a2b3c4d5e6f', item: title };
  const ofReveals = anApproval({ reviewed: { kind: 'reveals', most: 10, ...seen } });
  add('approvalCard', 'an order', approvalCard(context, ofOrder));
  add('approvalCard', 'a reminder of a cancellation', approvalCard(context, ofRefund, { isReminder: true }));
  add('approvalCard', 'keys, to be corrected', approvalCard(context, ofReveals, { entered: title }));
  const rejected = { step: 'rejected', at: now.toISOString(), by: bert, text: title } as const;
  const approved = { step: 'approved', at: now.toISOString(), by: bert } as const;
  const no = anApproval({ state: 'rejected', steps: [...steps, rejected] });
  const yes = anApproval({ state: 'approved', steps: [...steps, approved] });
  add('approvalCard', 'rejected', approvalCard(context, no));
  for (const [what, one, step] of [
    ['rejected', no, rejected],
    ['approved', yes, approved],
  ] as const) {
    const told = approvalStepCard(context, one, step);
    if (told) add('approvalStepCard', what, told);
  }
  add('untoldCard', 'none', untoldCard(context, ofOrder));
  add('approvalsCard', 'some', approvalsCard(context, [ofOrder, ofRefund, ofReveals], 0));
  add('approvalsCard', 'none', approvalsCard(context, [], 0));

  const looks = range.slice(0, 30).map((n) => ({
    ...{ personId: id(n), personName: name, customerId: id(3), orderId: id(4), what: 'download', item: title, at: now },
  })) satisfies KeyReveal[];
  const leak = aLeak({ customerName: name, remark: sentence, reporter: { id: id(1), name } });
  const lifted = { by: { id: id(2), name }, at: now, reason: sentence };
  const leaking = { customerName: name, orderNumber: '1a2b3c4d5e6f', entered: { comment: sentence } };
  add('leakQuestionCard', 'who looked', leakQuestionCard(context, { ...leaking, keyReveals: looks }));
  add('leakQuestionCard', 'in a shared place', leakQuestionCard(context, { ...leaking, entered: { leaked: 'both' } }));
  add('leakNotReportedCard', 'discarded', leakNotReportedCard(context, '1a2b3c4d5e6f'));
  add('leakCard', 'reporter', leakCard(context, leak, { keyReveals: looks, isReporters: true }));
  add('leakCard', 'open', leakCard(context, leak, { keyReveals: looks, entered: sentence }));
  add('leakCard', 'in a shared place', leakCard(context, leak, {}));
  add('leakCard', 'lifted', leakCard(context, { ...leak, lifted }, { keyReveals: [] }));
  add(
    'leaksCard',
    'some',
    leaksCard(
      context,
      range.slice(0, 30).map(() => leak),
      0,
    ),
  );
  add('leaksCard', 'none', leaksCard(context, [], 0));

  const reviewed = looks.map((look, n) => {
    const about = { customerId: id(n), customerName: name, orderNumber: '1a2b3c4d5e6f', name };
    return { ...about, ...look, what: 'key', item: title, times: 987_654, firstAt: now, lastAt: now } as const;
  });
  const moved = { cursor: '', at: now, who: name, customerId: id(1), customerName: name, orderNumbers: [id(1)] };
  const moves = [
    { ...moved, kind: 'leak', reference: 'LK-7K2M9Q', leaked: 'both', step: 'lifted', text: sentence },
  ] as const;
  const review = { looks: reviewed, leaks: moves, isCut: true };
  const none = { looks: [], leaks: [], isCut: false };
  const command = `audit review ${id(1)} 2026-07-01 to 2026-09-30`;
  const ofQuarter = { title: words.audit.on(words.review.of(name), now, now), command, from: 0 };
  add('reviewCard', 'looks and leaks', reviewCard(context, { ...ofQuarter, review }));
  add('reviewCard', 'nothing', reviewCard(context, { ...ofQuarter, review: none }));
  const commandOf = () => command;
  add('reviewsCard', 'many customers', reviewsCard(context, { ...ofQuarter, review, commandOf }));
  add('reviewsCard', 'nothing', reviewsCard(context, { ...ofQuarter, review: none, commandOf }));

  const news = range.slice(0, mostInDigest).map((n) => ({
    text: [words.notices.completed('SD-7K2M9Q', id(n).slice(0, 12)), name, title].join(' · '),
    open: commandButton(context, 'cases SD-7K2M9Q', { title: words.cases.open('SD-7K2M9Q') }),
  }));
  add('digestCard', 'many at once', digestCard(context, news));

  const thread = { to: 'place', id: '19:thread' } as const;
  const digest = { target: thread, time: 450, timeZone: 'Europe/Warsaw', askedBy: 'p-1', nextAt: now };
  for (const isShared of [true, false])
    for (const [what, choice] of [
      ['off', { digest: undefined }],
      ['on', { digest }],
      ['just turned on', { digest, isNew: true }],
    ] as const)
      add('dailyChoiceCard', `${what}, ${isShared}`, dailyChoiceCard(context, { ...choice, isShared }));
  add('dailyEndedCard', 'ended', dailyEndedCard(context));

  for (const isShared of [true, false])
    add('languageCard', isShared ? 'of a team' : 'of a person', languageCard(context, { isShared }));

  const drafts = range.map((n) =>
    aDraft({
      id: id(n),
      title: n % 2 ? words.purchase.draftTitle(title, name) : undefined,
      ownerName: name,
      ownerId: String(n % 2),
    }),
  );
  const topics = Object.keys(words.help.commands).filter((topic): topic is Topic => topic in words.help.commands);
  for (const [role, may, isStaff] of [
    ['an admin agent', topics, true],
    ['a stranger', topics.slice(-3), false],
  ] as const) {
    const reader = { name, isStaff, may: new Map(may.map((topic) => [topic, commandWord(topic, words.language)])) };
    const reminders = [{ orderNumber: order.number, closesAt: new Date(now.getTime() + 86_400_000) }];
    for (const n of [0, 1, 50]) {
      const open = { cases: cases.slice(0, n), drafts: drafts.slice(0, n), reminders: reminders.slice(0, n), now };
      add('welcomeCard', `${role}, ${n} of each`, welcomeCard(context, reader, open));
      const today = dailyCard(context, { waiting: open, byState: [{ state: 'filed', count: 1234 }] });
      if (today) add('dailyCard', `${role}, ${n} of each`, today);
    }
    add('helpCard', role, helpCard(context, reader));
    for (const nearest of [undefined, `${commandWord('buy', words.language)} ${name}`])
      add('notUnderstoodCard', `${role}, ${nearest}`, notUnderstoodCard(context, reader, { text: sentence, nearest }));
  }
  for (const topic of topics) {
    const typed = commandWord(topic, words.language);
    add('topicCard', topic, topicCard(context, { topic, typed, canBegin: true }));
    add('topicCard', `${topic}, may not`, topicCard(context, { topic, typed, canBegin: false, refusal: sentence }));
  }
  for (const n of [0, 1, 50])
    add('draftsCard', `${n} drafts`, draftsCard(context, { drafts: drafts.slice(0, n), whoId: '1', from: 0 }));

  const option = {
    id: 'en-us-64',
    title,
    languageCode: 'en-us',
    languageName: 'English (United States)',
    architecture: '64 Bit',
    sizeBytes: 5e9,
  };
  const shown = range.map(() => words.keys.shown(name, ['key'], now, 'Europe/Warsaw'));
  const versions = range.slice(0, 20).map((n) => aVersion({ productId: `p${n}`, title }));
  const options = range.slice(0, 60).map((n) => ({
    ...option,
    id: `o${n}`,
    languageCode: `l${n % 40}`,
    architecture: n < 40 ? '64 Bit' : '32 Bit',
  }));
  const selection = {
    customerName: name,
    orderNumber: '1a2b3c4d5e6f',
    versions,
    version: versions[0] ?? aVersion({ title }),
    options,
    option: options[0] ?? option,
    shown,
    isHidden: false,
    asDialog: false,
    seenBy: viewers,
  };
  add('readyCard', 'key, download and link', readyCard(context, selection));
  add('readyCard', 'by dialog, hidden again', readyCard(context, { ...selection, asDialog: true, isHidden: true }));
  const only = aVersion({ keyRef: undefined, title });
  const nothing = { versions: [only], version: only, options: [], option: undefined, shown: [] };
  add(
    'readyCard',
    'nothing to have',
    readyCard(context, { ...selection, ...nothing, areDownloadsAway: true, isSlow: true }),
  );
  add('keysSettledCard', 'after all', keysSettledCard(context, selection));
  add('placeholderCard', 'before the secret is in it', placeholderCard(context));
  const sought = { customerName: name, orderNumber: '1a2b3c4d5e6f', item: title, version: title };
  add('keysElsewhereCard', 'in the portal', keysElsewhereCard(context, sought));
  add(
    'keysElsewhereCard',
    'as it said',
    keysElsewhereCard(context, { ...sought, version: undefined, said: { text: sentence } }),
  );
  for (const closing of ['hide', 'done', 'close'] as const) {
    const about = { ...selection, seconds: 60, until: now, closing };
    const [key, address] = [new Secret(secretText), new Secret(secretLink)];
    add('secretCard', `key, ${closing}`, secretCard(context, { ...about, key }).reveal());
    add('secretCard', `link, ${closing}`, secretCard(context, { ...about, address }).reveal());
    add('secretCard', `both, ${closing}`, secretCard(context, { ...about, key, address }).reveal());
  }
  add(
    'questionButtons',
    'as a question',
    questionCard({ ...context, draft: undefined }, [], {
      title,
      canKeep: false,
      extra: questionButtons(context, { canKeep: false }).slice(0, 1),
    }),
  );
  return cards;
}
