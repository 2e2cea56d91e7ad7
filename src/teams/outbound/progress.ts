import type { PlaceReference } from '../../domain/people/references.ts';
import type { Features } from './features.ts';
import type { Outbound, Send } from './send.ts';

/** Marks a message in a channel as being worked on, where nobody sees that the bot types. Calling it again takes the mark away. */
export type MarkProgress = (reference: PlaceReference, messageId: string) => () => Promise<void>;

/** Eyes; by Teams' name of it. */
const reaction = '1f440_eyes';

/** docs/teams.md, "Presence in chat". Never an error for anybody. */
export function createMarkProgress(send: Send, features: Features): MarkProgress {
  return (reference, messageId) => {
    const { place, serviceUrl, tenantId } = reference;
    const [conversation, message] = [place.id, messageId].map(encodeURIComponent);
    const path = `v3/conversations/${conversation}/activities/${message}/reactions/${reaction}`;
    const request = (method: Outbound['method']) =>
      send({ method, serviceUrl, path, queueKey: `reactions ${place.id}`, isBestEffort: true });
    const marked = features
      .tryOut('reactions', tenantId, () => request('PUT'))
      .then(
        () => true,
        () => false,
      );
    return async () => {
      if (await marked) await request('DELETE').catch(() => undefined);
    };
  };
}
