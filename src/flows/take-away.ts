import { messageCard } from '../cards/message.ts';
import { Undelivered } from '../domain/errors.ts';
import type { Posted } from '../domain/people/place.ts';
import type { Words } from '../words/words.ts';
import type { Mailbox } from './flow.ts';

/** Takes a secret off the screen: the message is deleted, or, where that is not to be had, written over. */
export async function takeAway(mailbox: Mailbox, posted: Posted, words: Words, isSimulated: boolean): Promise<void> {
  try {
    await mailbox.remove(posted);
  } catch (error) {
    if (!(error instanceof Undelivered)) throw error;
    await mailbox.edit(posted, messageCard({ words, timeZone: 'UTC', isSimulated }, { title: words.keys.hidden }));
  }
}
