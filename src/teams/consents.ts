import type { AuditFileAnswer } from '../domain/audit/audit.ts';
import type { Languages } from '../domain/people/languages.ts';
import type { References } from '../domain/people/references.ts';
import type { Person } from '../domain/people/staff.ts';
import type { Log } from '../log.ts';
import type { FallbackTexts } from './fallback-texts.ts';
import type { Activity } from './inbound/activity.ts';
import type { FileConsent } from './inbound/file-consent.ts';
import { activityKey } from './inbound/parse-activity.ts';
import { type placeReferenceOf, rememberPerson } from './inbound/references.ts';
import type { createTurns } from './inbound/turns.ts';
import type { Speaker } from './inbound/who.ts';
import type { FileMessages } from './outbound/file-messages.ts';
import type { Say } from './outbound/say.ts';

export interface ConsentParts {
  readonly references: References;
  readonly languages: Pick<Languages, 'of'>;
  readonly files: Pick<FileMessages, 'show'>;
  /** Puts a file where the person wants it, and gives what there is to say about it. */
  readonly giveFile: (
    who: Person,
    answer: AuditFileAnswer,
  ) => Promise<{ readonly isGiven: boolean; readonly text?: string }>;
  readonly turns: Pick<ReturnType<typeof createTurns>, 'once'>;
  readonly say: Say;
  readonly fallbackTexts: Pick<FallbackTexts, 'fault'>;
  readonly log: Log;
}

interface Delivery {
  readonly activity: Activity;
  readonly reference: NonNullable<ReturnType<typeof placeReferenceOf>>;
  readonly turnId: string;
  readonly locale: string | undefined;
}

/** What a person says to the question whether a file may be put into their OneDrive (docs/teams.md, "Files to a person"). */
export function createConsents(parts: ConsentParts) {
  const { references, languages, files, giveFile, turns, say, fallbackTexts, log } = parts;

  /** The file goes its way behind the answer, once however often that is delivered: it may take longer than Teams waits. */
  return async ({ answer, stored }: FileConsent, { id, name }: Speaker, delivery: Delivery): Promise<void> => {
    const { activity, reference, turnId, locale } = delivery;
    if (reference.place.kind !== 'personal') return;
    const { person, place } = await rememberPerson(references, activity, reference, { id, name });
    const { own: language } = await languages.of(person, place);
    const work = async () => {
      const { isGiven, text } = await giveFile({ id, name, language, timeZone: person.timeZone ?? 'UTC' }, answer);
      if (isGiven && stored) await files.show(reference, stored);
      if (text !== undefined) await say(reference, text);
    };
    const key = activityKey(activity);
    void turns.once(key && `${key}|file`, work).catch(async (error: unknown) => {
      log.error({ turnId, err: error }, 'a file could not be given');
      await say(reference, fallbackTexts.fault(locale, turnId)).catch(() => undefined);
    });
  };
}
