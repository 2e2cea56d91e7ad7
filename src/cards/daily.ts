import { dayMs } from '../domain/cancellations/cancellation-window.ts';
import type { DailyDigest, OpenCases } from '../domain/notices/daily-digests.ts';
import { dayIn } from '../domain/notices/time-of-day.ts';
import { commandWord } from '../words/spellings.ts';
import { clockTime } from '../words/time-of-day.ts';
import { commandButton } from './buttons.ts';
import type { Button, Card } from './card.ts';
import { messageCard } from './message.ts';
import { type CardContext, type CardModel, draw, fits } from './render.ts';
import { rowsOf, type Waiting } from './welcome.ts';

const offered = [7, 8, 9, 16].map((hours) => hours * 60);
const mostRows = 10;

interface Choice {
  readonly digest: DailyDigest | undefined;
  /** It is, or would be, for everybody in the place. */
  readonly isShared: boolean;
  /** It was asked for just now. */
  readonly isNew?: boolean;
}

/** When the message of a day comes, and the times to choose from. */
export function dailyChoiceCard(shown: CardContext, { digest, isShared, isNew = false }: Choice): Card {
  const context = { ...shown, draft: undefined };
  const { daily } = context.words;
  const first = digest ? (isNew ? daily.first : daily.next) : undefined;
  const now = digest ? first?.(digest.nextAt, digest.timeZone) : isShared ? daily.offShared : daily.off;
  return messageCard(context, {
    title: digest ? daily.on(clockTime(digest.time), digest.timeZone) : daily.title,
    lines: [...(now === undefined ? [] : [now]), daily.what, ...(isShared ? [daily.shared] : [])],
    notes: isNew ? [] : [daily.pick],
    buttons: [
      ...(isNew ? [] : offered.filter((time) => time !== digest?.time).map((time) => timeButton(context, time))),
      ...(digest ? [offButton(context)] : []),
    ],
  });
}

export function dailyEndedCard(shown: CardContext): Card {
  const { daily } = shown.words;
  return messageCard({ ...shown, draft: undefined }, { title: daily.stopped, lines: [daily.again] });
}

function timeButton(context: CardContext, time: number): Button {
  return commandButton(context, `${commandWord('daily', context.words.language)} ${clockTime(time)}`);
}

function offButton(context: CardContext): Button {
  return commandButton(context, 'daily off', { title: context.words.buttons.turnOff });
}

interface Today {
  readonly waiting: Waiting;
  readonly byState: OpenCases['byState'];
}

/** What ends today, what waits, and how many cases are where; nothing where there is nothing of it. */
export function dailyCard(shown: CardContext, { waiting, byState }: Today): Card | undefined {
  const context = { ...shown, draft: undefined };
  const { words, timeZone } = context;
  const { daily, help } = words;
  const rows = rowsOf(context, waiting);
  if (rows.length === 0 && byState.length === 0) return undefined;
  const ends = endingSoon(waiting);
  const lines = [
    ends > 0 ? daily.ends(ends) : daily.nothingEnds,
    ...(rows.length > 0 ? [help.waiting(rows.length)] : []),
  ];
  const title = daily.today(words.day(new Date(`${dayIn(timeZone, waiting.now)}T12:00:00Z`)));
  const model: CardModel = {
    icon: 'Clock',
    title,
    lines: [lines.join(' ')],
    facts: byState.map(({ state, count }) => ({
      title: words.caseState(state),
      value: words.number(count),
    })),
    buttons: [
      ...(byState.length > 0 ? [commandButton(context, 'cases', { title: daily.open, style: 'positive' })] : []),
      offButton(context),
    ],
    notes: [words.notices.why],
    summary: [title, ...lines].join(' · '),
  };
  for (let most = mostRows; ; most -= 1) {
    const card = draw(context, { ...model, items: rows.slice(0, most) });
    if (fits(card) || most === 0) return card;
  }
}

/** Before the message of tomorrow, whatever the day is called there. */
function endingSoon({ reminders, drafts, now }: Waiting): number {
  const closings = [
    ...reminders.map(({ closesAt }) => closesAt),
    ...drafts.flatMap(({ closing }) => (closing ? [new Date(closing.closesAt)] : [])),
  ];
  return closings.filter((at) => at >= now && at.getTime() <= now.getTime() + dayMs).length;
}
