import {
  type CaseAnswers,
  type CaseField,
  caseFields,
  type FieldFacts,
  type FieldProblem,
} from '../domain/cancellations/case-fields.ts';
import { bare } from '../words/commands.ts';
import type { Words } from '../words/words.ts';
import { button, questionButtons } from './buttons.ts';
import type { Button, Card } from './card.ts';
import { choiceInput, type Input, readAddress, textInput } from './inputs.ts';
import { type CardContext, draw, type Fact } from './render.ts';

const impacts = ['critical', 'moderate', 'minimal'] as const;

/** One question of the ticket. `canForm`: the rest can also be filled in on one form. */
export function fieldCard(
  context: CardContext,
  field: CaseField,
  answers: CaseAnswers,
  about: { readonly subtitle: string; readonly step: string },
): Card {
  const { words } = context;
  return draw(context, {
    title: words.cancel.questions[field],
    subtitle: `${about.subtitle} · ${about.step}`,
    lines: [words.cancel.typeOrPress],
    inputs: [inputOf(words, field, answers[field], false)],
    buttons: questionButtons(context, { canKeep: true, extra: [button(context, 'oneForm', { withInputs: false })] }),
  });
}

/** All questions at once; the same draft underneath. */
export function formCard(context: CardContext, answers: CaseAnswers, facts: readonly Fact[], subtitle: string): Card {
  const { words } = context;
  const extra: Button[] = [button(context, 'stepByStep')];
  return draw(context, {
    title: words.cancel.form,
    subtitle,
    facts,
    inputs: caseFields.map((field) => inputOf(words, field, answers[field], field === 'amountNote')),
    buttons: questionButtons(context, { canKeep: true, extra }),
  });
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
