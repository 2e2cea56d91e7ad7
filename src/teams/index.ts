import type { References } from '../domain/people/references.ts';
import type { Messenger } from '../flows/engine/messenger.ts';
import type { Log } from '../log.ts';
import { type Bot, type BotParts, createBot } from './bot.ts';
import { createConnectorToken, type Registration } from './credentials.ts';
import { createAllows } from './hosts.ts';
import { cacheReferences } from './inbound/references.ts';
import { createMessenger } from './outbound/messenger.ts';
import { createSay } from './outbound/say.ts';
import { createSend } from './outbound/send.ts';

export { createSigningKeys } from './inbound/signing-keys.ts';

interface TeamsOptions {
  readonly bot: Registration;
  /** Where the bot may send to, as SERVICE_URL_HOSTS names them. */
  readonly serviceUrlHosts: readonly string[];
  readonly references: References;
  /** For counting requests to the Connector: the method, and how it ended. */
  readonly observe: (method: string, outcome: string) => void;
  readonly log: Log;
}

type Inbound = Omit<BotParts, 'bot' | 'allows' | 'references' | 'messenger' | 'say' | 'log'>;

export interface Teams {
  readonly messenger: Messenger;
  /** In front of the stored ones: what is known is not asked for again. */
  readonly references: References;
  createBot(inbound: Inbound): Bot;
}

/** How the bot speaks in Teams, and, once there is somebody to run its turns, how it listens. */
export function createTeams({ bot, serviceUrlHosts, observe, log, ...stored }: TeamsOptions): Teams {
  const allows = createAllows(serviceUrlHosts);
  const send = createSend({ allows, token: createConnectorToken(bot, { log }), log, observe });
  const references = cacheReferences(stored.references);
  const messenger = createMessenger({ references, send });
  const say = createSay(send);
  return {
    messenger,
    references,
    createBot: (inbound) => createBot({ ...inbound, bot, allows, references, messenger, say, log }),
  };
}
