import { demand } from '../people/demand.ts';
import type { Person } from '../people/staff.ts';
import type { World } from '../world.ts';
import { type Case, isClosed } from './case.ts';

/** `told`: they are told anyway, as they submitted or prepared it; `over`: nothing will become of it any more. */
export type Following = 'yes' | 'no' | 'told' | 'over';

/** Is this person told of what becomes of the case? */
export async function followingOf(world: World, { id }: Person, found: Case): Promise<Following> {
  if (isTold(id, found)) return 'told';
  if (isClosed(found.state)) return 'over';
  return found.followers && (await world.cases.followers(found.reference)).includes(id) ? 'yes' : 'no';
}

/** Whoever may look at cases may be told of one. */
export async function followCase(world: World, who: Person, found: Case): Promise<Following> {
  await demand(world, who, 'look');
  if (isTold(who.id, found)) return 'told';
  return (await world.cases.follow(found.reference, who.id, world.clock.now())) ? 'yes' : 'over';
}

export async function unfollowCase(world: World, who: Person, found: Case): Promise<Following> {
  await demand(world, who, 'look');
  await world.cases.unfollow(found.reference, who.id);
  return followingOf(world, who, { ...found, followers: 0 });
}

function isTold(personId: string, { requesterId, content }: Case): boolean {
  return personId === requesterId || personId === content.preparer?.id;
}
