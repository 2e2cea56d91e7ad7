import { wordsFor } from '../../src/words/index.ts';
import { viewOf } from '../support/card-view.ts';
import type { Amount, Answered, ButtonData, CardSummary, Telling } from './events.ts';

type Json = Readonly<Record<string, unknown>>;

const words = wordsFor('en');
const { purchase, caseCard, notices, common, refusals } = words;
const mark = 'SD-000000';
const reference = '(SD-[0-9A-Z]{6})';

/** What is said of the state of a case, as it is said in English. */
const caseStates = new Map<string, string>([
  ...(['submitted', 'filing', 'filed', 'cancelling', 'completed', 'refused', 'needs_person'] as const).map(
    (state) => [words.caseState(state), state] as const,
  ),
  [words.cancel.stateGivenUp, 'refused'],
]);

/** What a card says, as far as it is judged. People in histories read English. */
export function summaryOf(card: Json): CardSummary {
  const view = viewOf(card);
  const [title = ''] = view.text.split('\n');
  const json = JSON.stringify(card);
  const digest = digestOf(view.text);
  const tells = digest ? undefined : tellingOf(view.text);
  const money = moneyOn(view.buttons, view.text);
  return {
    title,
    text: view.text.slice(0, 400),
    buttons: buttonsOf(card),
    hasSecret: /SMPLE-|download\.example/.test(json),
    isAgain: view.text.includes(notices.again),
    ...(tells && { tells }),
    ...(digest && { digest }),
    ...(money && { money }),
  };
}

/** What a sentence says that answers a press. */
export function sayingOf(said: string): Pick<Answered, 'isWorking' | 'isRefused' | 'isOver'> {
  const [stillWorking = ''] = refusals['still-working']({}).split('\n');
  if (said === common.stillWorking || said.startsWith(stillWorking.replace(/\.$/, ''))) return { isWorking: true };
  if (said.endsWith(nothingLeft) || openCase.test(said)) return { isOver: true };
  return said === common.continuesBelow || said === words.keys.hidden ? {} : { isRefused: true };
}

const [nothingLeft = ''] = refusals['already-cancelled']({ order: '' }).split('\n').slice(-1);

const openCase = new RegExp(
  `^${(refusals['case-open']({ order: '#', reference: mark }).split('\n')[0] ?? '').replace('#', '\\S+').replace(mark, reference)}`,
);

/** Each row of a digest begins as the notice of its own would. */
function digestOf(text: string): Telling[] | undefined {
  const lines = text.split('\n');
  if (!lines.slice(0, 4).some((line) => digestTitle.test(line))) return undefined;
  return lines.flatMap((line) => caseNotice(line) ?? []);
}

const digestTitle = new RegExp(`^\\d+ ${notices.digest(2).replace(/^2 /, '')}$`);

/** The frame of a card begins with badges and the title; which line is the title tells what it is about. */
function tellingOf(text: string): Telling | undefined {
  const lines = text.split('\n');
  for (const line of lines.slice(0, 4)) {
    const telling = caseNotice(line) ?? caseIn(line, lines) ?? orderIn(line, text);
    if (telling) return telling;
  }
  return undefined;
}

const noticeTitles = (
  [
    [notices.completed(mark, ''), 'completed'],
    [notices.refused(mark, ''), 'refused'],
    [notices.givenUp(mark, ''), 'refused'],
    [notices.needsPerson(mark, ''), 'needs_person'],
  ] as const
).map(([title, state]) => ({ start: new RegExp(`^${(title.split(':')[0] ?? '').replace(mark, reference)}:`), state }));

function caseNotice(line: string): Telling | undefined {
  for (const { start, state } of noticeTitles) {
    const [, id] = start.exec(line) ?? [];
    if (id !== undefined) return { of: 'case', ids: [id], state, isNotice: true };
  }
  return undefined;
}

function caseIn(line: string, lines: readonly string[]): Telling | undefined {
  const [, id] = new RegExp(`^${caseCard.title(mark).replace(mark, reference)}$`).exec(line) ?? [];
  const state = lines.map((one) => caseStates.get(one)).find((one) => one !== undefined);
  return id !== undefined && state !== undefined ? { of: 'case', ids: [id], state, isNotice: false } : undefined;
}

function orderIn(line: string, text: string): Telling | undefined {
  const { inProgress, declined, needsPerson, facts } = purchase;
  const order = (state: string, ids: readonly string[] = []): Telling => ({ of: 'order', ids, state, isNotice: false });
  if (line === inProgress.title) return order('accepted');
  if (line === needsPerson.title) return order('needs_person');
  if ([declined.title, declined.tooLate.title, declined.priceChanged].includes(line)) return order('declined');
  const [, numbers] = new RegExp(`^(?:${facts.order}|${facts.orders}): (.*)$`, 'm').exec(text) ?? [];
  return line.startsWith('Ordered: ') && numbers !== undefined ? order('ordered', numbers.split(', ')) : undefined;
}

/** Of the button that orders, or of the amount that is asked back. Amounts are written with all decimals. */
function moneyOn(buttons: readonly string[], text: string): Amount | undefined {
  const confirm = buttons.find((title) => title.startsWith(words.buttons.confirm));
  const [, bought] = / for (.*)$/.exec(confirm ?? '') ?? [];
  const [, asked] = new RegExp(`^${words.inputs.amount}: ([0-9.,]+ [A-Z]{3})`, 'm').exec(text) ?? [];
  return (
    amountIn(bought) ?? amountIn(buttons.some((title) => title.startsWith(words.buttons.submit)) ? asked : undefined)
  );
}

function amountIn(text = ''): Amount | undefined {
  const [, digits, currency] = /^([0-9.,]+) ([A-Z]{3})$/.exec(text) ?? [];
  return digits === undefined || currency === undefined
    ? undefined
    : { minor: Number(digits.replace(/\D/g, '')), currency };
}

function buttonsOf(card: Json): (ButtonData & { title: string })[] {
  const found: (ButtonData & { title: string })[] = [];
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) walk(one);
    else if (typeof node === 'object' && node !== null) {
      const { type, title, data } = node as { type?: unknown; title?: unknown; data?: unknown };
      if ((type === 'Action.Execute' || type === 'Action.Submit') && typeof data === 'object' && data !== null) {
        const { do: doing, draft, step, submission } = data as Json;
        const bound = { draft: text(draft), step: text(step), submission: text(submission) };
        found.push({ title: String(title), doing: text(doing) ?? '', ...removeEmpty(bound) });
      }
      for (const value of Object.values(node)) walk(value);
    }
  };
  walk(card);
  return found;
}

function removeEmpty<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
