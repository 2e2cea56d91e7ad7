import type { Answered, Sent, Shown } from '../events.ts';
import { type HistoryIndex, isDeciding, type Press } from '../history-index.ts';
import type { Broken, Invariant, Limits } from './invariant.ts';

type Found = Omit<Broken, 'invariant'>;

/** A fault of the simulation, and how long it may last. */
const databaseAway = 'the database is away';
const awayMs = 20_000;

export const isTwinAnswered: Invariant = (index) => {
  const { presses, answerTo, orderOf, took, time, end } = index;
  const isAwayAt = (from: number, to: number): boolean =>
    time.some(({ at, what, note }) => what === 'fault' && note === databaseAway && at >= from - awayMs && at <= to);
  const cases = new Map((end?.cases ?? []).map((one) => [one.submission, one]));
  return [...presses].flatMap(([submission, all]) => {
    const recorded = orderOf.get(submission) ?? cases.get(submission);
    const owner = recorded?.person;
    // Before anything was asked for under it, each press may fail on its own.
    const begunAt = Math.min(...took.flatMap((one) => (recorded?.requestIds.includes(one.requestId) ? [one.at] : [])));
    const theirs = all.filter(({ person }) => person === owner);
    const [first, ...others] = theirs;
    const firstAnswer = first && answerTo.get(first.delivery);
    if (!first || !firstAnswer) return [];
    return others.flatMap((twin): Found[] => {
      const answer = answerTo.get(twin.delivery);
      const isAtOnce = twin.at <= firstAnswer.at && twin.what.content === first.what.content;
      if (!isAtOnce || !answer || answer.status === 0 || answer.at < begunAt || showsWhereItStands(answer, submission))
        return [];
      // Then nothing can be looked up for it: it says that something went wrong, and the next press shows where it stands.
      if (isAwayAt(twin.at, answer.at)) return [];
      return [
        {
          sentence: `${submission} was under way, and the second press was answered with something else`,
          events: [twin, answer],
        },
      ];
    });
  });
};

/** What became of it, that it is being worked on or done already, or a card on which the same cannot be decided again. */
function showsWhereItStands(answer: Answered, submission: string): boolean {
  const { card, isWorking = false, isOver = false, status } = answer;
  if (status !== 200) return false;
  const isAskedAgain = card?.buttons.some((one) => isDeciding(one.doing) && one.submission === submission) ?? false;
  return isWorking || isOver || (card !== undefined && !isAskedAgain);
}

export const isSettled: Invariant = ({ end, standing, orderOf, sent, answerTo }, { arePressesEnough }) => {
  if (!end?.isQuiet) return [];
  const submitted = new Set([...orderOf.keys(), ...end.cases.map((one) => one.submission)]);
  const placeOf = new Map(end.drafts.map(({ id, place }) => [id, place]));
  const over = new Set(end.drafts.filter(({ isOver }) => isOver).map(({ id }) => id));
  const hasButtons = ({ card }: Answered): boolean => card?.buttons.some(({ doing }) => isDeciding(doing)) ?? false;
  const lastAnswer = new Map(
    sent.flatMap(({ what, delivery, place }) => {
      const answer = what.kind === 'press' ? answerTo.get(delivery) : undefined;
      // That it is being worked on leaves the card as it is.
      return answer?.status === 200 && !answer.isWorking && what.kind === 'press'
        ? [[`${place} ${what.message}`, answer] as const]
        : [];
    }),
  );
  return [...standing.values()].flatMap((message): Found[] => {
    const answer = lastAnswer.get(`${message.place} ${message.message}`);
    if (arePressesEnough && answer && answer.at > message.at && !hasButtons(answer)) return [];
    // Where it goes on somewhere else, and the edit that says so was lost, a press is told so.
    const isElsewhere = (draft: string): boolean =>
      arePressesEnough && (placeOf.get(draft) ?? message.place) !== message.place;
    const left = message.card?.buttons.find(
      ({ doing, submission = '', draft = '' }) =>
        isDeciding(doing) && (submitted.has(submission) || over.has(draft)) && !isElsewhere(draft),
    );
    return left
      ? [{ sentence: `"${left.title}" is still on the card of something that is over`, events: [message] }]
      : [];
  });
};

interface OnScreen {
  readonly from: number;
  readonly event: Shown | Answered;
}

export const isKeyHidden: Invariant = (index, { keyMs, keyGraceMs }) => {
  const { end } = index;
  const lookers = new Set(end?.reveals.map(({ person }) => person));
  const found: Found[] = [];
  const onScreen = new Map<string, OnScreen>();
  const take = (name: string, until: number): void => {
    const { from, event } = onScreen.get(name) ?? { from: until };
    onScreen.delete(name);
    if (event && until - from > keyMs + keyGraceMs)
      found.push({ sentence: `a key was on a screen for ${Math.round((until - from) / 1000)} s`, events: [event] });
  };
  const put = (name: string, event: Shown | Answered, person: string | undefined): void => {
    const before = onScreen.get(name);
    // Whoever presses again has another look, with a time of its own; the same edit once more is none.
    const isAnother = before === undefined || pressesOf(index, person, before.from, event.at);
    onScreen.set(name, { from: isAnother ? event.at : before.from, event });
    if (person === undefined) found.push({ sentence: 'a key was shown to more than one person', events: [event] });
    else if (end && !lookers.has(person))
      found.push({ sentence: `${person} saw a key, and it is not recorded`, events: [event] });
  };
  for (const { at, name, event, person } of looksAt(index)) {
    if (event.card?.hasSecret) put(name, event, person);
    else take(name, at);
  }
  const endAt = end?.at ?? 0;
  for (const name of [...onScreen.keys()]) take(name, endAt);
  return found;
};

function pressesOf({ sent }: HistoryIndex, person: string | undefined, after: number, until: number): boolean {
  return sent.some((one) => one.what.kind === 'press' && one.person === person && one.at > after && one.at <= until);
}

interface Look {
  readonly at: number;
  /** The message on the screen. */
  readonly name: string;
  readonly event: Shown | Answered;
  /** The one who sees it. */
  readonly person?: string;
}

/** What each message showed, one after the other; an answer takes the place of the card for whoever pressed. */
function looksAt({ shown, sent, answerTo }: HistoryIndex): Look[] {
  const messages = shown.map((event): Look => {
    const { at, place, message, onlyFor } = event;
    return { at, name: `${place} ${message}`, event, person: onlyFor };
  });
  const answers = sent.flatMap((one): Look[] => {
    const event = answerTo.get(one.delivery);
    const message = one.what.kind === 'press' ? one.what.message : undefined;
    if (!event?.card?.hasSecret || message === undefined) return [];
    return [{ at: event.at, name: `${one.place} ${message}`, event, person: one.person }];
  });
  return [...messages, ...answers].toSorted((one, other) => one.at - other.at);
}

export const isAnsweredInTime: Invariant = (index, { answerMs }) =>
  index.sent.flatMap((one): Found[] => {
    const answer = index.answerTo.get(one.delivery);
    const events = answer ? [one, answer] : [one];
    if (!answer || answer.status === 0)
      return isDown(index, one, answer, { answerMs }) ? [] : [{ sentence: 'an activity was not answered', events }];
    if (answer.status >= 400) return [{ sentence: `an activity was answered with ${answer.status}`, events }];
    return answer.ms >= answerMs && !isDown(index, one, answer, { answerMs })
      ? [{ sentence: `an activity was answered after ${Math.round(answer.ms)} ms`, events }]
      : [];
  });

/** Its process was not there, ended, or stood still before the answer should have been out. */
function isDown(
  { time }: HistoryIndex,
  one: Sent | Press,
  answer: Answered | undefined,
  { answerMs }: Pick<Limits, 'answerMs'>,
): boolean {
  const until = Math.max(one.at + answerMs, answer?.at ?? 0);
  let isAway = false;
  for (const { at, what, process } of time) {
    if (one.process !== undefined && process !== undefined && process !== one.process) continue;
    const isEnd = what === 'crashed' || what === 'stopped' || what === 'frozen';
    const isBegin = what === 'started' || what === 'woken';
    if (at <= one.at && (isEnd || isBegin)) isAway = isEnd;
    if (at > one.at && at <= until && isEnd) return true;
  }
  return isAway;
}
