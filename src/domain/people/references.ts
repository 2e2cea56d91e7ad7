import type { ChannelType, Place } from './place.ts';
import type { Refusals } from './refusals.ts';

/** How to reach a place again: learnt from every authenticated activity, so that a changed service address is noticed. */
export interface PlaceReference {
  readonly place: Place;
  readonly serviceUrl: string;
  readonly tenantId: string;
  readonly bot: { readonly id: string; readonly name: string };
  /** The team that the channel belongs to; where Teams does not tell it, the channel. */
  readonly teamId?: string;
  /** Where Teams tells it. */
  readonly channelType?: ChannelType;
  /** Whose personal chat it is. */
  readonly personId?: string;
  /** Teams has refused the last messages there; nobody has written there since. */
  readonly refusals?: Refusals;
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
  /** What their device said the last time: a language tag and a time zone. */
  readonly locale?: string;
  readonly timeZone?: string;
}

export interface References {
  putPlace(reference: PlaceReference): Promise<void>;
  place(placeId: string): Promise<PlaceReference | undefined>;
  forgetPlace(placeId: string): Promise<void>;
  putPerson(reference: PersonReference): Promise<void>;
  person(personId: string): Promise<PersonReference | undefined>;
}
