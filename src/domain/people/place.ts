/** Where a conversation takes place. `id` is Teams' conversation id; in a channel it names the thread. */
export interface Place {
  readonly id: string;
  readonly kind: 'channel' | 'group' | 'personal';
}

/** A channel's own kind: members of a private or a shared one are not those of its team. */
export type ChannelType = 'standard' | 'private' | 'shared';

/** Who reads along in a place of several people: only the partner's own, or not; or it cannot be told just now. */
export type Readers = 'staff' | OtherReaders;
export type OtherReaders = 'outsiders' | 'unknown';

/** A message of ours that can be edited later. `onlyFor`: it is a targeted message that this person alone sees. */
export interface SentMessage {
  readonly placeId: string;
  readonly messageId: string;
  readonly onlyFor?: string;
}
