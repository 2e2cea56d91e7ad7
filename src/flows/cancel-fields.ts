import {
  buttonTyped,
  fieldCard,
  fieldProblem,
  formCard,
  readField,
  readForm,
  typedButtons,
} from '../cards/case-fields.ts';
import { type CaseAnswers, type CaseField, caseFields, problemOf } from '../domain/cancellations/case-fields.ts';
import { Refusal } from '../domain/errors.ts';
import type { Words } from '../words/words.ts';
import {
  ask,
  type CancelSteps,
  cancelData,
  fieldsToAsk,
  knownFacts,
  missingFields,
  nextField,
  onPage,
  stepByStep,
  type TicketData,
  toReview,
  withTypedDomain,
} from './cancel-answers.ts';
import { orCaseOf } from './cancel-begin.ts';
import type { Answer, Ask, Question, Reply, Turn } from './engine/flow.ts';

function isFreeText(field: CaseField | undefined): boolean {
  return field === 'reason' || field === 'title' || field === 'amountNote';
}

/** One question per field of the ticket; each answer is checked before the next question, and asks nothing outside. */
function fieldQuestion(field: CaseField): Question<CancelSteps, TicketData> {
  return {
    kind: 'input',
    freeText: () => isFreeText(field),
    data: cancelData.ticket,
    heading: (words) => words.inputs[field],
    show({ context, words, data, entered }) {
      const counted = fieldsToAsk(data).filter((one) => one !== 'amountNote');
      const step = words.common.of(
        counted.filter((one) => caseFields.indexOf(one) <= caseFields.indexOf(field)).length,
        counted.length,
      );
      const subtitle = words.cancel.draftTitle(data.orderNumber, data.customerName);
      return fieldCard(
        context,
        field,
        { ...data.answers, ...entered },
        { subtitle, step, facts: knownFacts(data).facts },
      );
    },
    readTyped: (_turn, text) => (field === 'impact' ? {} : { [field]: text }),
    answer: (turn, answer) => orCaseOf(turn, () => takeField(turn, field, answer)),
  };
}

async function takeField(
  { facts: world, words, data: before }: Turn<TicketData>,
  field: CaseField,
  answer: Answer,
): Promise<Reply<CancelSteps>> {
  const pressed = buttonTyped(answer.text, typedButtons) ?? answer.do;
  if (pressed === 'oneForm' || pressed === 'edit' || pressed === 'byTicket') return ask('form', before);
  if (pressed === 'stepByStep') return stepByStep(before);
  const answers: CaseAnswers = { ...before.answers, [field]: readField(words, field, answer) };
  const data = field === 'tenant' ? await withTypedDomain(world, before, answers.tenant) : before;
  const { facts } = knownFacts(data);
  const problem = problemOf(field, answers, facts);
  if (problem) throw new Refusal('invalid', { field, why: fieldProblem(words, field, problem, facts) });
  return nextField({ ...data, answers }, field);
}

export const fieldQuestions = {
  tenant: fieldQuestion('tenant'),
  named: fieldQuestion('named'),
  reason: fieldQuestion('reason'),
  amount: fieldQuestion('amount'),
  amountNote: fieldQuestion('amountNote'),
  impact: fieldQuestion('impact'),
  title: fieldQuestion('title'),
  contactName: fieldQuestion('contactName'),
  contactEmail: fieldQuestion('contactEmail'),
  contactPhone: fieldQuestion('contactPhone'),
};

/** All of them on one form, what is missing first. What is typed answers the first one that is. */
export const formQuestion = (hasPages: boolean): Question<CancelSteps, TicketData> => ({
  kind: 'input',
  freeText: (data) => isFreeText(missingFields(data)[0]),
  data: cancelData.ticket,
  heading: (words) => words.cancel.form,
  show({ context, data, entered }) {
    const answers = { ...data.answers, ...entered };
    const missing = missingFields({ ...data, answers });
    const { facts } = knownFacts(data);
    return formCard(context, { answers, missing, facts, customerName: data.customerName, hasPages });
  },
  keep: ({ words, data }, values) => ({ ...data, answers: readForm(words, data.answers, values) }),
  readTyped({ data }, text) {
    const [first] = missingFields(data);
    return first && first !== 'impact' ? { [first]: text } : {};
  },
  answer: (turn, answer) => orCaseOf(turn, () => takeForm(turn, answer, hasPages)),
});

async function takeForm(turn: Turn<TicketData>, answer: Answer, hasPages: boolean): Promise<Reply<CancelSteps>> {
  const { facts: world, words, data: before } = turn;
  const pressed = buttonTyped(answer.text, typedButtons) ?? answer.do;
  if (pressed === 'stepByStep' || pressed === 'fileTicket') return stepByStep(before);
  if (pressed === 'ticketPage' && hasPages) return onPage(turn, answer, ask('form', before));
  const answers = readForm(words, before.answers, pressed === answer.do ? answer.values : {});
  const data = { ...(await withTypedDomain(world, before, answers.tenant)), answers };
  const { facts } = knownFacts(data);
  const missing = missingFields(data);
  if (answer.text !== undefined && pressed === answer.do) return takeTyped(words, before, data);
  const problems = missing.map((field) => {
    const problem = problemOf(field, answers, facts) ?? 'missing';
    return `${words.inputs[field]}: ${fieldProblem(words, field, problem, facts)}`;
  });
  return problems.length === 0 ? ask('review', data) : ask('form', data, problems.join(' '));
}

/** The next question that is open is asked in the conversation, as the first one was answered in it. */
function takeTyped(words: Words, before: TicketData, data: TicketData): Ask<CancelSteps> {
  const { facts } = knownFacts(data);
  const [first] = missingFields(before);
  if (!first) return ask('form', before, words.common.pressButton);
  const problem = problemOf(first, data.answers, facts);
  if (problem) throw new Refusal('invalid', { field: first, why: fieldProblem(words, first, problem, facts) });
  return toReview(data);
}
