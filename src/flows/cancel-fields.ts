import { fieldCard, fieldProblem, readField } from '../cards/case-fields.ts';
import { type CaseAnswers, type CaseField, caseFields, problemOf } from '../domain/cancellations/case-fields.ts';
import { Refusal } from '../domain/errors.ts';
import {
  ask,
  type CancelSteps,
  cancelData,
  fieldsToAsk,
  knownFacts,
  nextField,
  type TicketData,
  withTypedDomain,
} from './cancel-answers.ts';
import type { Question } from './engine/flow.ts';

/** One question per field of the ticket; each answer is checked before the next question, and asks nothing outside. */
function fieldQuestion(field: CaseField): Question<CancelSteps, TicketData> {
  return {
    kind: 'input',
    freeText: field === 'reason' || field === 'title' || field === 'amountNote',
    data: cancelData.ticket,
    heading: (words) => words.inputs[field],
    show({ context, words, data, entered }) {
      const counted = fieldsToAsk(data).filter((one) => one !== 'amountNote');
      const step = words.common.of(
        counted.filter((one) => caseFields.indexOf(one) <= caseFields.indexOf(field)).length,
        counted.length,
      );
      const subtitle = words.cancel.draftTitle(data.orderNumber, data.customerName);
      return fieldCard(context, field, { ...data.answers, ...entered }, { subtitle, step });
    },
    readTyped: (_turn, text) => (field === 'impact' ? {} : { [field]: text }),
    async answer({ facts: world, words, data: before }, answer) {
      if (answer.do === 'oneForm' || answer.do === 'edit') return ask('form', before);
      const answers: CaseAnswers = { ...before.answers, [field]: readField(words, field, answer) };
      const data = field === 'tenant' ? await withTypedDomain(world, before, answers.tenant) : before;
      const { facts } = knownFacts(data);
      const problem = problemOf(field, answers, facts);
      if (problem) throw new Refusal('invalid', { field, why: fieldProblem(words, field, problem, facts) });
      return nextField({ ...data, answers }, field);
    },
  };
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
