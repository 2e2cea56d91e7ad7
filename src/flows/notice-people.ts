import type { Case } from '../domain/cancellations/case.ts';
import { isOfDraft, type Notice } from '../domain/notices/notice.ts';
import type { OrderSubmission } from '../domain/orders/submission.ts';
import type { World } from '../domain/world.ts';

/** Who stands behind what a notice is about. */
export async function requestersOf(world: World, notice: Notice): Promise<string[]> {
  if (notice.kind === 'window-closing') return [notice.personId];
  if (isOfDraft(notice)) {
    // All admin agents are told of a draft anyway: who handed it over tells one of them.
    const draft = notice.kind === 'draft-handed-over' ? await world.drafts.get(notice.draftId) : undefined;
    return draft ? [draft.ownerId] : [];
  }
  const submitted = await submittedOf(world, notice);
  return submitted ? [submitterOf(submitted)] : [];
}

export function submitterOf(submitted: OrderSubmission | Case): string {
  return 'personId' in submitted ? submitted.personId : submitted.requesterId;
}

/** The order or the case that it is about. */
export async function submittedOf(world: World, notice: Notice): Promise<OrderSubmission | Case | undefined> {
  if ('submissionId' in notice) return world.orderSubmissions.get(notice.submissionId);
  return 'reference' in notice && notice.reference !== undefined ? world.cases.get(notice.reference) : undefined;
}
