import { messageCard } from '../cards/message.ts';
import { DeliveryError } from '../domain/errors.ts';
import type { SentMessage } from '../domain/people/place.ts';
import type { Words } from '../words/words.ts';
import type { Messenger } from './flow.ts';

/** Takes a secret off the screen: the message is deleted, or, where that is not to be had, written over. */
export async function takeAway(
  messenger: Messenger,
  posted: SentMessage,
  words: Words,
  isSimulated: boolean,
): Promise<void> {
  try {
    await messenger.delete(posted);
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    await messenger.update(posted, messageCard({ words, timeZone: 'UTC', isSimulated }, { title: words.keys.hidden }));
  }
}
