import { approversOf } from '../domain/approvals/ask-approval.ts';
import type { Case } from '../domain/cancellations/case.ts';
import { isOfApproval, isOfCase, isOfDraft, type NewNotice, type Notice } from '../domain/notices/notice.ts';
import type { OrderSubmission } from '../domain/orders/submission.ts';
import type { References } from '../domain/people/references.ts';
import type { World } from '../domain/world.ts';

/** Who stands behind what a notice is about. */
export async function requestersOf(world: World, notice: Notice): Promise<string[]> {
  if (notice.kind === 'window-closing') return [notice.personId];
  if (isOfDraft(notice)) {
    // All admin agents are told of a draft anyway: who handed it over tells one of them.
    const draft = notice.kind === 'draft-handed-over' ? await world.drafts.get(notice.draftId) : undefined;
    return draft ? [draft.ownerId] : [];
  }
  if (isOfApproval(notice)) {
    const approval = await world.approvals.get(notice.reference);
    return approval ? [approval.requester.id] : [];
  }
  const submitted = await findSubmitted(world, notice);
  return submitted ? [submitterOf(submitted)] : [];
}

function submitterOf(submitted: OrderSubmission | Case): string {
  return 'personId' in submitted ? submitted.personId : submitted.requesterId;
}

/** The order or the case that it is about. */
async function findSubmitted(world: World, notice: Notice): Promise<OrderSubmission | Case | undefined> {
  if ('submissionId' in notice) return world.orderSubmissions.get(notice.submissionId);
  return 'reference' in notice && !isOfApproval(notice) && notice.reference !== undefined
    ? world.cases.get(notice.reference)
    : undefined;
}

/** What was asked in private is told in private. */
export async function onlyForOf(world: World, notice: Notice): Promise<string | undefined> {
  if (notice.kind === 'window-closing' && notice.reference === undefined) {
    const { draftId, personId, isPrivate } = notice;
    const draft = draftId === undefined ? undefined : await world.drafts.get(draftId);
    return isPrivate || draft?.isPrivate ? (draft?.ownerId ?? personId) : undefined;
  }
  if (isOfApproval(notice)) {
    const approval = notice.kind === 'approval-told' ? await world.approvals.get(notice.reference) : undefined;
    return approval?.isPrivate ? approval.requester.id : undefined;
  }
  const submitted = await findSubmitted(world, notice);
  return submitted?.isPrivate ? submitterOf(submitted) : undefined;
}

/** What it is about, as a name: the same for all who are told of it. */
export function factsOf({ id, target, state, attempts, isMaybeTold, createdAt, ...facts }: Notice): string {
  return JSON.stringify(facts, Object.keys(facts).sort());
}

/** Who decides what it asks approvers for. */
export async function approversFor(world: World, notice: Notice): Promise<string[]> {
  const approval = notice.kind === 'approval-asked' ? await world.approvals.get(notice.reference) : undefined;
  return approval ? approversOf(world, approval) : [];
}

/** The same for others, once it could not be delivered; `behind`: who asked for it, and is told that nobody could be. */
export function noticesTo(notice: Notice, next: readonly string[], behind: readonly string[]): NewNotice[] {
  return next.map((id): NewNotice => {
    const toPerson = { to: 'person', id } as const;
    if (notice.kind === 'draft-handed-over') return { ...notice, kind: 'draft-untold', target: toPerson };
    const isUntold = notice.kind === 'approval-asked' && behind.includes(id);
    return isUntold ? { ...notice, kind: 'approval-untold', target: toPerson } : { ...notice, target: toPerson };
  });
}

type Chats = Pick<References, 'place' | 'person'>;

/** It was submitted in the personal chat of whoever submitted it. */
export async function isInOwnChat(references: Chats, { placeId, requesterId: id }: Case): Promise<boolean> {
  const [place, person] = await Promise.all([references.place(placeId), references.person(id)]);
  // What this process knows of the person may be older than their chat, which another process has met.
  return place?.personId === id || person?.personalPlaceId === placeId;
}

/**
 * Which of the others tell somebody of it, where this one failed: not the one to whoever submitted the case, if this one was to
 * reach them in their own chat, since that one was left to it.
 */
export async function countsBeside(
  world: World,
  references: Chats,
  notice: Notice,
): Promise<(other: Pick<Notice, 'target'>) => boolean> {
  if (notice.target.to !== 'place' || !isOfCase(notice)) return () => true;
  const found = await world.cases.get(notice.reference);
  if (found?.placeId !== notice.target.id || !(await isInOwnChat(references, found))) return () => true;
  return ({ target }) => target.to !== 'person' || target.id !== found.requesterId;
}
