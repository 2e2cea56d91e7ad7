import {
  type CaseAnswers,
  type CaseField,
  caseFields,
  type FieldFacts,
  type FieldProblem,
  problemOf,
} from '../domain/cancellations/case-fields.ts';
import { isSameMoney, parseMoney } from '../domain/money.ts';
import { bare, fold } from '../words/commands.ts';
import { allWords } from '../words/index.ts';
import type { Words } from '../words/words.ts';
import { button, questionButtons } from './buttons.ts';
import { pageButtons } from './cancel.ts';
import type { Card, Folded } from './card.ts';
import { choiceInput, type Input, readAddress, textInput } from './inputs.ts';
import { type CardContext, draw } from './render.ts';

const impacts = ['critical', 'moderate', 'minimal'] as const;

/** One question of the ticket. `canForm`: the rest can also be filled in on one form. */
export function fieldCard(
  context: CardContext,
  field: CaseField,
  answers: CaseAnswers,
  about: { readonly subtitle: string; readonly step: string; readonly facts: FieldFacts },
): Card {
  const { words } = context;
  return draw(context, {
    title: words.cancel.questions[field],
    subtitle: `${about.subtitle} · ${about.step}`,
    about: about.subtitle,
    lines: [words.cancel.typeOrPress],
    inputs: [inputOf(words, field, asReadersWrite(words, answers, about.facts)[field], false)],
    buttons: questionButtons(context, { canKeep: true, extra: [button(context, 'oneForm', { withInputs: false })] }),
  });
}

interface TicketForm {
  readonly answers: CaseAnswers;
  /** Those without a good answer: asked on top. The others are folded. */
  readonly missing: readonly CaseField[];
  readonly facts: FieldFacts;
  readonly customerName: string;
  readonly hasPages: boolean;
}

/** All questions at once, what is missing first; the same draft underneath. */
export function formCard(context: CardContext, ticket: TicketForm): Card {
  const { words } = context;
  const { answers, missing, facts, customerName, hasPages } = ticket;
  const { form, formAbout, missing: missingText } = words.cancel;
  const written = asReadersWrite(words, answers, facts);
  const input = (field: CaseField): Input => inputOf(words, field, written[field], field === 'amountNote');
  const filled = caseFields.filter((field) => !missing.includes(field));
  const isFolded = missing.length > 0;
  const done = filled.filter((field) => answers[field]).length;
  const about = formAbout(facts.order.number, customerName, parseMoney(answers.amount ?? '', facts.order.currency));
  return draw(context, {
    icon: 'History',
    title: form,
    subtitle: about,
    about,
    lines: [missingText(missing.length, done)],
    inputs: (isFolded ? missing : caseFields).map(input),
    folded: isFolded && done > 0 ? foldFields(words, ticket, filled.map(input)) : undefined,
    buttons: [
      button(context, 'next', { title: words.buttons.reviewTicket, style: 'positive', withInputs: true }),
      ...pageButtons(context, hasPages),
      button(context, 'stepByStep', { mode: 'secondary' }),
      ...(context.draft?.canGoBack ? [button(context, 'back', { mode: 'secondary' })] : []),
      button(context, 'later', { mode: 'secondary', withInputs: true }),
      button(context, 'discard', { mode: 'secondary' }),
    ],
  });
}

/** A good amount in the reader's form; one that was refused stays as it was typed. */
function asReadersWrite(words: Words, answers: CaseAnswers, facts: FieldFacts): CaseAnswers {
  const amount = parseMoney(answers.amount ?? '', facts.order.currency);
  return amount && !problemOf('amount', answers, facts) ? { ...answers, amount: words.amount(amount) } : answers;
}

function foldFields(words: Words, { answers, missing, facts }: TicketForm, inputs: readonly Input[]): Folded {
  const { title, done, change, contact, all } = words.cancel.filled;
  const amount = parseMoney(answers.amount ?? '', facts.order.currency);
  const isAll = amount && facts.paid && isSameMoney(amount, facts.paid);
  const shown: { readonly [Field in CaseField]?: string } = {
    ...answers,
    amount: amount && (isAll ? all(words.money(amount)) : words.money(amount)),
    impact: impacts.filter((name) => name === answers.impact).map((name) => words.impact(name))[0],
  };
  const filled = caseFields.filter((field) => !missing.includes(field) && shown[field]);
  const contacts = filled.filter((field) => field.startsWith('contact'));
  const others = filled.filter((field) => !contacts.includes(field));
  const contactText = contacts.map((field) => shown[field]).join(', ');
  return {
    title,
    text: filled.map((field) => words.inputs[field]).join(', '),
    badge: { text: done(filled.length, filled.length + missing.length), style: 'good', icon: 'CheckmarkCircle' },
    facts: [
      ...others.map((field) => ({ title: words.inputs[field], value: shown[field] ?? '' })),
      ...(contactText ? [{ title: contact, value: contactText }] : []),
    ],
    change,
    inputs,
  };
}

function inputOf(words: Words, field: CaseField, value: string | undefined, isOptional: boolean): Input {
  switch (field) {
    case 'impact':
      return choiceInput(words, 'impact', impactChoices(words), { value });
    case 'reason':
      return textInput(words, 'reason', {
        value,
        multiline: true,
        maxLength: 1000,
        placeholder: words.cancel.reasonHint,
      });
    case 'amountNote':
      return textInput(words, 'amountNote', { value, optional: isOptional, placeholder: words.cancel.amountNoteHint });
    default:
      return textInput(words, field, { value });
  }
}

function impactChoices(words: Words): { title: string; value: string }[] {
  return impacts.map((name) => ({ title: words.impact(name), value: name }));
}

interface Given {
  readonly values: Readonly<Record<string, string>>;
  readonly text?: string;
}

/** The answer to one question, typed or filled in. An impact may be typed by its name. */
export function readField(words: Words, field: CaseField, { values, text }: Given): string {
  const given = (values[field] ?? text ?? '').trim();
  if (field === 'contactEmail') return readAddress(given);
  if (field === 'tenant' || field === 'named') return bare(given);
  if (field === 'title') return given.replace(/\s+/g, ' ');
  if (field !== 'impact') return given;
  const typed = given.toLowerCase();
  const isNamed = (choice: { title: string; value: string }, index: number): boolean =>
    choice.value === typed || choice.title.toLowerCase().startsWith(typed) || String(index + 1) === typed;
  const [only, ...others] = typed ? impactChoices(words).filter(isNamed) : [];
  return only && others.length === 0 ? only.value : given;
}

/** What the form brought; fields that it did not send keep their answer. */
export function readForm(words: Words, answers: CaseAnswers, values: Readonly<Record<string, string>>): CaseAnswers {
  const read = caseFields
    .filter((field) => values[field] !== undefined)
    .map((field) => [field, readField(words, field, { values })]);
  return { ...answers, ...Object.fromEntries(read) };
}

/** The sentence for what is wrong with an answer. */
export function fieldProblem(
  words: Words,
  field: CaseField,
  problem: FieldProblem,
  { customer, order, paid }: FieldFacts,
): string {
  const { problems, noMoney } = words.cancel;
  switch (field) {
    case 'tenant':
      return problems.tenant(customer.name);
    case 'named':
      return problems.named(order.number);
    case 'amount':
      if (problem === 'nothing') return problems.amountZero;
      return problem === 'too-much' && paid ? noMoney(paid) : problems.amount(order.currency);
    default:
      return problems[field];
  }
}

/** Buttons of the cancellation that can be typed by their title as well. */
export const typedButtons = ['byTicket', 'fileTicket', 'oneForm', 'stepByStep', 'reviewTicket'] as const;

/** The same where cancelling at once is one of them: its title begins like a command. */
export const typedWithNow = [...typedButtons, 'cancelNow', 'remindMe'] as const;

/** The button whose title was typed, in any language, and nothing else. */
export function buttonTyped<Name extends keyof Words['buttons']>(
  text: string | undefined,
  names: readonly Name[],
): Name | undefined {
  const typed = fold(bare(text ?? ''));
  return names.find((name) => allWords().some(({ buttons }) => fold(buttons[name]) === typed));
}
