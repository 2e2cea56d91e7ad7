import { isObstacle, type ReadinessProblem } from '../domain/customers/readiness.ts';
import { Refusal } from '../domain/errors.ts';
import { isEmail, isPhone } from '../domain/people/contact.ts';
import type { Words } from '../words/words.ts';
import { button, openButton } from './buttons.ts';
import type { Card } from './card.ts';
import { questionCard } from './choose.ts';
import { dateInput, readAddress, textInput } from './inputs.ts';
import { type CardContext, draw } from './render.ts';

interface Readiness {
  readonly customer: string;
  readonly missing: readonly ReadinessProblem[];
  readonly mayConfirmAgreement: boolean;
  readonly preparedBy?: string;
}

/** All that keeps orders for the customer from going through, each with its remedy; what stands in the way comes first. */
export function missingCard(
  context: CardContext,
  { customer, missing, mayConfirmAgreement, preparedBy }: Readiness,
): Card {
  const { words } = context;
  const isAgreementMissing = missing.some(({ point }) => point === 'agreement');
  const sorted = [...missing.filter(isObstacle), ...missing.filter((one) => !isObstacle(one))];
  const agreement = mayConfirmAgreement
    ? button(context, 'agreement', { style: 'positive' })
    : button(context, 'handOver', { style: 'positive' });
  return draw(context, {
    title: words.readiness.title(customer),
    subtitle: preparedBy && words.common.handedOver(preparedBy),
    items: sorted.map((one) => {
      const { what, remedy } = words.readiness.sentence(customer, one);
      return { heading: what, details: [remedy] };
    }),
    notes: isAgreementMissing && !mayConfirmAgreement ? [words.readiness.notAllowed] : [],
    buttons: [
      ...(isAgreementMissing ? [agreement] : []),
      button(context, 'next', { title: words.readiness.checkAgain }),
      context.draft?.canGoBack
        ? button(context, 'back')
        : button(context, 'edit', { title: words.readiness.otherCustomer }),
      button(context, 'later'),
      button(context, 'discard'),
    ],
  });
}

/** What does not stand in the way, but should be known before an order is confirmed. */
export function adviceLines(words: Words, customer: string, missing: readonly ReadinessProblem[]): string[] {
  return missing
    .filter((one) => !isObstacle(one))
    .map((one) => {
      const { what, remedy } = words.readiness.sentence(customer, one);
      return `${what} ${remedy}`;
    });
}

/** Who accepted the agreement, as filled in. `agreedOn` is a calendar day, `2026-01-31`. */
export interface AcceptanceAnswers {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly agreedOn?: string;
}

/** The same, complete and checked. */
interface Acceptance extends AcceptanceAnswers {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly agreedOn: string;
}

interface Asked {
  readonly customer: string;
  readonly link?: string;
  readonly lastDay: string;
  /** Where the contact comes from that is filled in; absent: from the person who is asked. */
  readonly filledIn?: 'from-profile' | 'nothing';
}

/** Before that day there was no Microsoft Customer Agreement that anybody could accept. */
const firstDay = '2019-01-01';

export function agreementCard(
  context: CardContext,
  about: Asked,
  { firstName, lastName, email, phone, agreedOn }: AcceptanceAnswers,
): Card {
  const { words } = context;
  const { agreement } = words.readiness;
  return questionCard(
    context,
    [
      textInput(words, 'firstName', { value: firstName, maxLength: 50 }),
      textInput(words, 'lastName', { value: lastName, maxLength: 50 }),
      textInput(words, 'email', { value: email }),
      textInput(words, 'phone', { value: phone, optional: true, maxLength: 30 }),
      dateInput(words, 'agreedOn', { value: agreedOn, min: firstDay, max: about.lastDay }),
    ],
    {
      title: agreement.question,
      about: about.customer,
      lines: [agreement.text(about.customer, about.filledIn)],
      canKeep: true,
      extra: about.link ? [openButton(agreement.read, about.link)] : [],
    },
  );
}

/** Throws `invalid` for the first field that is not good. `lastDay`: today where the person is. */
export function readAcceptance(words: Words, values: Readonly<Record<string, string>>, lastDay: string): Acceptance {
  const { problems } = words.readiness.agreement;
  const read = (field: keyof AcceptanceAnswers): string => (values[field] ?? '').trim();
  const demand = (isGood: boolean, field: keyof AcceptanceAnswers, why: string = problems[field]): void => {
    if (!isGood) throw new Refusal('invalid', { field, why });
  };
  const isName = (text: string): boolean => text.length >= 1 && text.length <= 50;
  demand(isName(read('firstName')), 'firstName');
  demand(isName(read('lastName')), 'lastName');
  const email = readAddress(read('email'));
  demand(isEmail(email), 'email');
  demand(read('phone') === '' || isPhone(read('phone')), 'phone');
  demand(isDay(read('agreedOn')), 'agreedOn');
  demand(read('agreedOn') >= firstDay, 'agreedOn', problems.tooEarly);
  demand(read('agreedOn') <= lastDay, 'agreedOn', problems.future);
  return {
    firstName: read('firstName'),
    lastName: read('lastName'),
    email,
    phone: read('phone') || undefined,
    agreedOn: read('agreedOn'),
  };
}

function isDay(text: string): boolean {
  if (!/^(19|20)\d\d-\d\d-\d\d$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** What Microsoft will be told, in the words of the person who confirms it. */
export function reviewAgreementCard(
  context: CardContext,
  accepted: {
    readonly customer: string;
    readonly contact: { firstName: string; lastName: string; email: string; phoneNumber?: string };
    readonly on: Date;
    readonly mayConfirm: boolean;
    readonly preparedBy?: string;
  },
): Card {
  const { words } = context;
  const { agreement, notAllowed } = words.readiness;
  const { contact, customer, on, mayConfirm, preparedBy } = accepted;
  const name = `${contact.firstName} ${contact.lastName}`;
  const confirm = button(context, 'confirm', { title: agreement.confirm(name, on), style: 'positive' });
  return draw(context, {
    title: agreement.review,
    about: `${name} · ${customer}`,
    subtitle: preparedBy && words.common.handedOver(preparedBy),
    facts: [
      { title: agreement.facts.customer, value: customer },
      { title: agreement.facts.contact, value: name },
      { title: agreement.facts.email, value: contact.email },
      ...(contact.phoneNumber ? [{ title: agreement.facts.phone, value: contact.phoneNumber }] : []),
      { title: agreement.facts.on, value: words.day(on) },
    ],
    lines: [mayConfirm ? agreement.binding : notAllowed],
    buttons: [
      mayConfirm ? confirm : button(context, 'handOver', { style: 'positive' }),
      button(context, 'edit'),
      button(context, 'later'),
      button(context, 'discard'),
    ],
  });
}
