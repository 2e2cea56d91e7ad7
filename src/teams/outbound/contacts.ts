import { z } from 'zod';
import { clean } from '../../cards/typed-text.ts';
import { DeliveryError } from '../../domain/errors.ts';
import { type Contact, type Contacts, isEmail } from '../../domain/people/contact.ts';
import type { References } from '../../domain/people/references.ts';
import { inTime } from '../../domain/work/in-time.ts';
import type { Log } from '../../log.ts';
import { chatOf } from '../inbound/activity.ts';
import type { Read } from './send.ts';

interface ContactParts {
  readonly references: Pick<References, 'place' | 'person'>;
  readonly read: Read;
  readonly log: Log;
  readonly timeoutMs?: number;
}

const text = z
  .string()
  .transform((told) => clean(told).trim().slice(0, 200).toWellFormed())
  .optional()
  .catch(undefined);

/** The object id is called one or the other, depending on the kind of conversation. */
const member = z.object({
  aadObjectId: text,
  objectId: text,
  name: text,
  givenName: text,
  surname: text,
  email: text,
  userPrincipalName: text,
});

/** Asks the Connector for one member of a conversation (docs/teams.md, "Who somebody is in the roster"). */
export function createContacts({ references, read, log, timeoutMs = 1_000 }: ContactParts): Contacts {
  async function ask(personId: string, placeId: string): Promise<Contact | undefined> {
    const person = await references.person(personId);
    if (!person) return undefined;
    const { personalPlaceId } = person;
    // A web page is no conversation in Teams: there the personal chat tells it.
    const place = (await references.place(placeId)) ?? (personalPlaceId && (await references.place(personalPlaceId)));
    if (!place) return undefined;
    const conversation = `v3/conversations/${encodeURIComponent(chatOf(place.place.id))}`;
    const path = `${conversation}/members/${encodeURIComponent(person.channelUserId)}`;
    return contactOf(personId, member.parse(await read(place.serviceUrl, path)));
  }

  return {
    async ofMember(personId, placeId) {
      try {
        return await inTime(ask(personId, placeId), timeoutMs, 'reading the roster');
      } catch (error) {
        const { status, code } = error instanceof DeliveryError ? error : {};
        log.info({ status, code }, 'name and address of a person could not be read from the roster');
        return undefined;
      }
    },
  };
}

function contactOf(personId: string, told: z.infer<typeof member>): Contact | undefined {
  const id = told.aadObjectId ?? told.objectId;
  if (id !== undefined && id.toLowerCase() !== personId) return undefined;
  const names = [told.name, [told.givenName, told.surname].filter(Boolean).join(' ')];
  // A display name may be one word, which is no name for Microsoft's support.
  const name = names.find((one) => one?.includes(' ')) ?? told.name;
  const email = [told.email, told.userPrincipalName].find((one) => one !== undefined && isEmail(one));
  return { ...(name && { name }), ...(email && { email }) };
}
