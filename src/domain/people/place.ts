/** Where a conversation takes place. `id` is Teams' conversation id; in a channel it names the thread. */
export interface Place {
  readonly id: string;
  readonly kind: 'channel' | 'group' | 'personal';
}

/** A message of ours that can be edited later. `onlyFor`: it is a targeted message that this person alone sees. */
export interface SentMessage {
  readonly placeId: string;
  readonly messageId: string;
  readonly onlyFor?: string;
}
