import type { KeyReveal } from '../domain/keys/key-reveals.ts';
import { looksIn } from '../domain/keys/looks.ts';
import type { Leak, Leaked } from '../domain/leaks/leak.ts';
import { commandButton } from './buttons.ts';
import type { Card, Row } from './card.ts';
import { choiceInput, clip, textInput } from './inputs.ts';
import { messageCard } from './message.ts';
import { drawPage } from './pages.ts';
import { type CardContext, draw } from './render.ts';

/** What is typed; `report`, `keep` and `lift` behind it come from the buttons only. */
const command = 'leak';

/** So long a remark or a reason may be. */
export const maxRemark = 500;

/** As many of those who looked are listed on the card; the audit log has all. */
const shownLooks = 10;

const leakedKinds: readonly Leaked[] = ['key', 'link', 'both'];

export function readLeaked(text: string | undefined): Leaked | undefined {
  return leakedKinds.find((one) => one === text);
}

/** Of which order, and who looked at it; nothing where that is not told here. */
interface Asked {
  readonly customerName: string;
  readonly orderNumber: string;
  readonly keyReveals?: readonly KeyReveal[];
  readonly entered: { readonly leaked?: string; readonly comment?: string };
}

/** What will happen, what leaked, and the one button with which it takes effect. */
export function leakQuestionCard(shown: CardContext, { customerName, orderNumber, keyReveals, entered }: Asked): Card {
  const context: CardContext = { ...shown, draft: undefined };
  const { words } = context;
  const { leaks, buttons } = words;
  const choices = leakedKinds.map((value) => ({ value, title: leaks.kinds[value] }));
  return draw(context, {
    title: leaks.ask(orderNumber),
    subtitle: customerName,
    about: customerName,
    icon: 'Warning',
    lines: [leaks.consequence],
    items: looksOf(context, keyReveals ?? []),
    inputs: [
      choiceInput(words, 'leaked', choices, { value: entered.leaked }),
      textInput(words, 'comment', { optional: true, multiline: true, maxLength: maxRemark, value: entered.comment }),
    ],
    buttons: [
      commandButton(context, `${command} ${orderNumber} report`, {
        title: buttons.reportLeak,
        style: 'destructive',
        isInPlace: true,
        withInputs: true,
      }),
      commandButton(context, `${command} ${orderNumber} keep`, { title: buttons.discard, isInPlace: true }),
    ],
  });
}

/** Who decided against it sees that nothing has changed. */
export function leakNotReportedCard(shown: CardContext, orderNumber: string): Card {
  const { leaks } = shown.words;
  return messageCard({ ...shown, draft: undefined }, { title: leaks.ask(orderNumber), lines: [leaks.notReported] });
}

interface Shown {
  /** Absent where it is not told here who looked. */
  readonly keyReveals?: readonly KeyReveal[];
  readonly entered?: string;
  /** Whoever reported it is the only one who sees the card: they cannot lift it. */
  readonly isReporters?: boolean;
}

/** What is known of a leak: who reported it, who had seen what until now, and how it ended. */
export function leakCard(shown: CardContext, leak: Leak, { keyReveals, entered, isReporters }: Shown): Card {
  const context: CardContext = { ...shown, draft: undefined };
  const { words, timeZone } = context;
  const { leaks, buttons, moment } = words;
  const { reference, customerName, orderNumber, leaked, remark, reporter, reportedAt, lifted } = leak;
  return draw(context, {
    title: leaks.title(reference, orderNumber),
    subtitle: customerName,
    about: customerName,
    icon: 'Warning',
    badge: lifted ? { text: leaks.lifted, style: 'subtle' } : { text: leaks.frozen, style: 'attention' },
    lines: lifted
      ? [leaks.liftedBy(lifted.by.name, lifted.at, timeZone), leaks.said(lifted.reason)]
      : [leaks.now, [...(keyReveals?.length === 0 ? [] : [leaks.askThem]), leaks.whatToDo].join(' ')],
    facts: [
      { title: leaks.facts.leaked, value: leaks.kinds[leaked] },
      { title: leaks.facts.reporter, value: `${reporter.name}, ${moment(reportedAt, timeZone)}` },
      ...(remark ? [{ title: leaks.facts.remark, value: remark }] : []),
    ],
    items: looksOf(context, keyReveals ?? []),
    notes: [...notesOf(context, keyReveals), ...(lifted ? [] : [leaks.otherLifts(reporter.name)])],
    inputs:
      lifted || isReporters
        ? []
        : [textInput(words, 'comment', { optional: true, multiline: true, maxLength: maxRemark, value: entered })],
    buttons: [
      ...(lifted || isReporters
        ? []
        : [
            commandButton(context, `${command} ${reference} lift`, {
              title: buttons.liftLeak,
              isInPlace: true,
              withInputs: true,
            }),
          ]),
      commandButton(context, `audit ${orderNumber}`, { title: words.audit.title, mode: 'secondary' }),
    ],
  });
}

function looksOf({ words, timeZone }: CardContext, keyReveals: readonly KeyReveal[]): Row[] {
  return looksIn(keyReveals)
    .slice(0, shownLooks)
    .map((look) => ({
      heading: words.leaks.seenBy(clip(look.name, 80)),
      details: [clip(words.leaks.look(look), 160), words.leaks.looked(look, timeZone)],
    }));
}

function notesOf({ words }: CardContext, keyReveals: readonly KeyReveal[] | undefined): string[] {
  if (!keyReveals) return [words.leaks.looksElsewhere];
  const looks = looksIn(keyReveals).length;
  if (looks === 0) return [words.leaks.nobodyLooked];
  return looks > shownLooks ? [words.leaks.moreLooks(looks - shownLooks)] : [];
}

/** Those that are not lifted, the newest first; each opens one. */
export function leaksCard(shown: CardContext, open: readonly Leak[], from: number): Card {
  const context: CardContext = { ...shown, draft: undefined };
  const { words, timeZone } = context;
  const { leaks } = words;
  if (open.length === 0) return messageCard(context, { title: leaks.list, lines: [leaks.none] });
  const rows = open.map(
    ({ reference, customerName, orderNumber, reporter, reportedAt }): Row => ({
      heading: leaks.title(reference, orderNumber),
      details: [clip(customerName, 80), `${reporter.name} · ${words.moment(reportedAt, timeZone)}`],
      action: commandButton(context, `${command} ${reference}`, { title: words.buttons.open }),
    }),
  );
  return drawPage(context, { title: leaks.list, icon: 'Warning' }, { command, rows, from });
}
