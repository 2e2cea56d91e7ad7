/** Where a conversation takes place. `id` is Teams' conversation id; in a channel it names the thread. */
export interface Place {
  readonly id: string;
  readonly kind: 'channel' | 'group' | 'personal';
}

/** A message of ours that can be edited later. `onlyFor`: it is a targeted message that this person alone sees. */
export interface Posted {
  readonly placeId: string;
  readonly messageId: string;
  readonly onlyFor?: string;
}

/** How to reach a place again: learnt from every authenticated activity, so that a changed service address is noticed. */
export interface PlaceReference {
  readonly place: Place;
  readonly serviceUrl: string;
  readonly tenantId: string;
  readonly bot: { readonly id: string; readonly name: string };
}

/** How to reach a person. `channelUserId` is Teams' `29:…` id; `personalPlaceId` is known once they wrote in personal chat. */
export interface PersonReference {
  readonly personId: string;
  readonly name: string;
  readonly channelUserId: string;
  readonly serviceUrl: string;
  readonly tenantId: string;
  readonly bot: { readonly id: string; readonly name: string };
  readonly personalPlaceId?: string;
}
