import type { AuditFileOffers } from '../domain/audit/audit.ts';
import type { Contacts } from '../domain/people/contact.ts';
import type { RefusedFeatures } from '../domain/people/features.ts';
import type { References } from '../domain/people/references.ts';
import type { SendSlots } from '../domain/work/send-slots.ts';
import type { Card } from '../flows/engine/flow.ts';
import type { Messenger } from '../flows/engine/messenger.ts';
import type { Log } from '../log.ts';
import { type Bot, type BotParts, createBot } from './bot.ts';
import { createConnectorToken, type Registration } from './credentials.ts';
import { createAllows } from './hosts.ts';
import { cacheReferences, withChannel } from './inbound/references.ts';
import { createAudience } from './outbound/audience.ts';
import { createContacts } from './outbound/contacts.ts';
import { createFeatures } from './outbound/features.ts';
import { createFileMessages } from './outbound/file-messages.ts';
import { createMessenger } from './outbound/messenger.ts';
import { createMarkProgress } from './outbound/progress.ts';
import { createRoom } from './outbound/room.ts';
import { createSay } from './outbound/say.ts';
import { createRead, createSend } from './outbound/send.ts';

export { createSigningKeys } from './inbound/signing-keys.ts';

interface TeamsOptions {
  readonly bot: Registration;
  /** Where the bot may send to, as SERVICE_URL_HOSTS names them. */
  readonly serviceUrlHosts: readonly string[];
  readonly references: References;
  readonly staffTenantId?: string | undefined;
  /** Where approvers are asked. */
  readonly approvalsChannel?: string | undefined;
  readonly withheldCard: (placeId: string) => Promise<Card>;
  readonly refusedFeatures: RefusedFeatures;
  readonly sendSlots: SendSlots;
  /** For counting requests to the Connector: the method, and how it ended. */
  readonly observe: (method: string, outcome: string) => void;
  readonly log: Log;
}

type Inbound = Omit<
  BotParts,
  | 'bot'
  | 'markProgress'
  | 'allows'
  | 'references'
  | 'messenger'
  | 'audience'
  | 'say'
  | 'files'
  | 'log'
  | 'staffTenantId'
>;

export interface Teams {
  readonly messenger: Messenger;
  /** In front of the stored ones: what is known is not asked for again. */
  readonly references: References;
  readonly contacts: Contacts;
  readonly auditFileOffers: AuditFileOffers;
  createBot(inbound: Inbound): Bot;
}

/** How the bot speaks in Teams, and, once there is somebody to run its turns, how it listens. */
export function createTeams(options: TeamsOptions): Teams {
  const { bot, serviceUrlHosts, staffTenantId, withheldCard, observe, log } = options;
  const allows = createAllows(serviceUrlHosts);
  const token = createConnectorToken(bot, { log });
  const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  const room = createRoom({ slots: options.sendSlots, wait, now: Date.now });
  const send = createSend({ allows, token, log, room, observe });
  const audience = createAudience({ staffTenantId, read: createRead({ allows, token }), log });
  const { approvalsChannel: channel } = options;
  const cached = cacheReferences(options.references);
  const references = channel === undefined ? cached : withChannel(cached, channel);
  // The local client takes a targeted message in a chat for an ordinary one.
  const features = bot.mode === 'registered' ? createFeatures(options.refusedFeatures, log) : undefined;
  const messenger = createMessenger({ references, send, audience, withheldCard, ...(features && { features }) });
  const say = createSay(send, features);
  const fileMessages = createFileMessages(references, send);
  const markProgress = features && createMarkProgress(send, features);
  return {
    messenger,
    references,
    // Once: somebody waits for it, and where it is not told the person is asked.
    contacts: createContacts({ references, read: createRead({ allows, token, maxTries: 1 }), log }),
    auditFileOffers: fileMessages,
    createBot: (inbound) =>
      createBot({
        ...inbound,
        bot,
        allows,
        staffTenantId,
        references,
        messenger,
        audience,
        say,
        files: fileMessages,
        log,
        ...(markProgress && { markProgress }),
      }),
  };
}
