import type { DeliveryError } from '../domain/errors.ts';
import { type EndOfNotice, isOfApproval, isOfDraft, type Notice } from '../domain/notices/notice.ts';
import type { References } from '../domain/people/references.ts';
import type { World } from '../domain/world.ts';
import { leaveToTomorrow } from './daily.ts';
import type { Log } from './engine/engine.ts';
import { approversFor, countsBeside, factsOf, noticesTo, requestersOf } from './notice-people.ts';

/** What came of a notice that was to be sent: `againInSeconds`, it is still due. */
export type Sent = 'done' | { readonly againInSeconds: number };

/** Where nobody else is left who could be told: every hour, for two days. */
const longPause = 3600;
const maxAttempts = 48;

/** Who is told of a notice that could not be delivered where it should; see docs/reliability.md, "Notices". */
export function createEscalation(
  references: References,
  log: Log,
): (world: World, notice: Notice, error: DeliveryError) => Promise<Sent> {
  /**
   * It was not delivered: who else knows of it or can be told, each once. Until somebody has been told, those of the same
   * kind are passed on one after the other: two that failed at once must not both count on the other.
   */
  async function escalate(world: World, notice: Notice, error: DeliveryError): Promise<Sent> {
    if (notice.kind === 'daily-digest') return leaveToTomorrow(world, log, { notice, error });
    const isOthers = await countsBeside(world, references, notice);
    if ((await world.notices.toOthers(notice.id)).some((other) => other.state === 'sent' && isOthers(other))) {
      await passOn(world, notice, [], { error, end: endOf(error) });
      return 'done';
    }
    const sent = await world.leases.hold<Sent>(`notice:${factsOf(notice)}`, 1_000, async () => {
      const others = await world.notices.toOthers(notice.id);
      const isTold = others.some((other) => (other.state === 'due' || other.state === 'sent') && isOthers(other));
      const next = isTold ? [] : await nextFor(world, notice, others);
      const isLast = !isTold && next.length === 0 && error.kind !== 'unsure';
      if (isLast && notice.attempts < maxAttempts) return { againInSeconds: longPause };
      await passOn(world, notice, next, { error, end: isLast ? 'untold' : endOf(error) });
      return 'done';
    });
    return sent ?? { againInSeconds: 1 };
  }

  /** The people behind it, then the admin agents one by one. Of a draft these are told anyway. */
  async function nextFor(world: World, notice: Notice, others: readonly Pick<Notice, 'target'>[]): Promise<string[]> {
    const tried = [notice, ...others].flatMap(({ target }) => (target.to === 'person' ? [target.id] : []));
    const isUntried = (id: string): boolean => !tried.includes(id);
    // From the channel to each of them; where that fails too, whoever asked tells them.
    const approvers = notice.target.to === 'place' ? await approversFor(world, notice) : [];
    if (approvers.length > 0) return approvers;
    const requesters = (await requestersOf(world, notice)).filter(isUntried);
    if (requesters.length > 0 || isOfDraft(notice) || isOfApproval(notice)) return requesters;
    return (await world.staff.adminAgents()).filter(isUntried).slice(0, 1);
  }

  async function passOn(
    world: World,
    notice: Notice,
    next: readonly string[],
    { error, end }: { readonly error: DeliveryError; readonly end: EndOfNotice },
  ): Promise<void> {
    await world.notices.add(noticesTo(notice, next, await requestersOf(world, notice)), world.clock.now());
    await world.notices.settle(notice.id, end);
    const facts = { noticeId: notice.id, kind: notice.kind, told: next.length };
    if (error.isWithheld)
      log.info(facts, 'a notice was not posted where people from outside would read it, but passed on');
    else if (end === 'untold') log.error(facts, 'a notice reached nobody for two days and was given up');
    else log.error(facts, 'a notice could not be delivered and was passed on');
  }

  return escalate;
}

const endOf = ({ kind }: DeliveryError): EndOfNotice => (kind === 'unsure' ? 'unsure' : 'escalated');
