import { caseSteps } from '../cards/case-status.ts';
import { caseRow } from '../cards/cases.ts';
import type { CardContext } from '../cards/render.ts';
import { draftRow, reminderRow } from '../cards/welcome.ts';
import { daysLeft, urgentDays } from '../domain/cancellations/cancellation-window.ts';
import type { Case } from '../domain/cancellations/case.ts';
import { closingOf, isHandOver } from '../domain/cancellations/case.ts';
import type { CaseOverview } from '../domain/cancellations/case-overview.ts';
import { type Draft, draftVersion } from '../domain/drafts/draft.ts';
import { mayDo, type Person } from '../domain/people/staff.ts';
import type { World } from '../domain/world.ts';
import { type MoneyChart, moneyCharts } from './money.ts';
import { type PageRow, toPageRow } from './rows.ts';

/** What the tab shows at first; each list is a page of it. */
export interface DeskData {
  readonly waiting: readonly PageRow[];
  readonly closing: readonly PageRow[];
  readonly drafts: readonly PageRow[];
  readonly open: CasesPage;
  /** How many are open, and how many need somebody. */
  readonly counted: string;
  readonly money: readonly MoneyChart[];
  readonly mayAudit: boolean;
}

export interface CasesPage {
  readonly rows: readonly PageRow[];
  readonly next?: string;
}

export interface DeskReader {
  readonly world: World;
  readonly overview: CaseOverview;
  readonly who: Person;
  readonly context: CardContext;
  /** What a draft is about, in the reader's words. */
  readonly titleOf: (draft: Draft) => string | undefined;
}

const perPage = 10;
/** So many open cases of a page that shows more of them are read anew at once. */
const mostShown = 200;
const mostRows = 20;
const aheadDays = 60;
const dayMs = 24 * 3600 * 1000;

/**
 * Everything at once: a dozen rows of each list, none of which takes longer because there are more. `shown`: so many open
 * cases stand on the page already.
 */
export async function readDesk(reader: DeskReader, shown = 0): Promise<DeskData> {
  const { world, overview, who, context } = reader;
  const now = world.clock.now();
  const until = new Date(now.getTime() + aheadDays * dayMs);
  const [needed, counts, open, drafts, reminders, byHand, money, roles] = await Promise.all([
    overview.needPerson(perPage),
    overview.counts(),
    readOpenCases(reader, undefined, Math.min(Math.max(shown, perPage), mostShown)),
    world.drafts.listFor(who.id, mostRows),
    world.reminders.closingFor(who.id, now, until, mostRows),
    world.cases.toFileByHand(now, until, mostRows),
    moneyCharts(context.words, overview, now),
    world.staff.rolesOf(who.id),
  ]);
  const own = drafts.filter(({ version }) => version === draftVersion);
  const titled = own.map((draft) => ({ ...draft, title: reader.titleOf(draft) }));
  const handedOver = titled.filter(({ isHandedOver, ownerId }) => isHandedOver && ownerId !== who.id);
  const closing = closingRows(context, { reminders, drafts: titled, cases: byHand, now });
  return {
    waiting: [
      ...closing.filter(({ days }) => days && days.left <= urgentDays),
      ...needed.map((found) => toPageRow(caseRow(context, found))),
      ...handedOver.map((draft) => toPageRow(draftRow(context, draft, undefined))),
    ].slice(0, mostRows),
    closing,
    drafts: titled.map((draft) => toPageRow(draftRow(context, draft, undefined))),
    open,
    counted: context.words.cases.count(counts.open, counts.waiting),
    money,
    mayAudit: mayDo(roles, 'audit.read'),
  };
}

export async function readOpenCases(
  { overview, context }: Pick<DeskReader, 'overview' | 'context'>,
  from: string | undefined,
  count = perPage,
): Promise<CasesPage> {
  const { cases, next } = await overview.open(from, count);
  const histories = await overview.histories(cases.map(({ reference }) => reference));
  const rows = cases.map((found) => ({
    ...toPageRow(caseRow(context, found)),
    steps: caseSteps(context, found, histories.get(found.reference) ?? []),
  }));
  return { rows, ...(next !== undefined && { next }) };
}

interface Closing {
  readonly reminders: Awaited<ReturnType<World['reminders']['closingFor']>>;
  readonly drafts: readonly Draft[];
  readonly cases: readonly Case[];
  readonly now: Date;
}

/** What closes soonest first. */
function closingRows(context: CardContext, { reminders, drafts, cases, now }: Closing): PageRow[] {
  const rows: { readonly row: PageRow; readonly closesAt: Date }[] = [
    ...reminders.map((one) => ({ row: toPageRow(reminderRow(context, one, now)), closesAt: one.closesAt })),
    ...drafts.flatMap((draft) =>
      draft.closing
        ? [{ row: toPageRow(draftRow(context, draft, undefined)), closesAt: new Date(draft.closing.closesAt) }]
        : [],
    ),
    ...cases.flatMap((found) => {
      const closesAt = isHandOver(found) ? closingOf(found) : undefined;
      return closesAt ? [{ row: toPageRow(caseRow(context, found)), closesAt }] : [];
    }),
  ];
  const { software } = context.words;
  return rows
    .filter(({ closesAt }) => closesAt > now)
    .toSorted((one, other) => one.closesAt.getTime() - other.closesAt.getTime())
    .map(({ row, closesAt }) => {
      const left = daysLeft({ closesAt }, now);
      const isUrgent = left <= urgentDays;
      const badge = {
        text: software.shortly(left, true),
        style: isUrgent ? ('warning' as const) : ('subtle' as const),
      };
      return { ...row, badge, days: { left: Math.min(left, aheadDays), of: aheadDays } };
    })
    .slice(0, mostRows);
}
