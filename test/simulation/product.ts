import { customersIn, type Dealing, itemsIn } from '../../src/domain/people/favourites.ts';
import { createLanguages } from '../../src/domain/people/languages.ts';
import type { Role } from '../../src/domain/people/staff.ts';
import { builtInPolicy } from '../../src/domain/policy.ts';
import type { World } from '../../src/domain/world.ts';
import {
  createAuditFileGiver,
  createExtension,
  createFlows,
  createNotifier,
  createRunner,
  withheldCard,
} from '../../src/flows/index.ts';
import { createJobHandlers } from '../../src/jobs.ts';
import type { SendRequest } from '../../src/microsoft/http.ts';
import { type Bot, createBot } from '../../src/teams/bot.ts';
import { cacheReferences } from '../../src/teams/inbound/references.ts';
import { createAudience } from '../../src/teams/outbound/audience.ts';
import { createFileMessages } from '../../src/teams/outbound/file-messages.ts';
import { createMessenger } from '../../src/teams/outbound/messenger.ts';
import { createSay } from '../../src/teams/outbound/say.ts';
import { createRead, createSend } from '../../src/teams/outbound/send.ts';
import { suggestedCommands, wordsFor } from '../../src/words/index.ts';
import { onOneLine } from '../../src/words/words.ts';
import { sweepSeconds } from './job-engine.ts';
import type { SimulatedPartnerCenter } from './partner-center.ts';
import type { Process } from './scheduler.ts';
import type { SimulatedStorage } from './storage.ts';

/** So long a key is shown. */
const keySeconds = 60;

export interface Logged {
  readonly level: 'info' | 'warn' | 'error';
  readonly facts: object;
  readonly text: string;
}

interface ProductParts {
  readonly process: Process;
  readonly storage: SimulatedStorage;
  readonly partnerCenter: SimulatedPartnerCenter;
  readonly roles: ReadonlyMap<string, readonly Role[]>;
  /** The Connector. */
  readonly sendRequest: SendRequest;
  readonly log: (logged: Logged) => void;
}

/**
 * One process of the product: everything as `src/app.ts` wires it, with the database and Partner Center behind their ports
 * and Teams behind its requests. Not in it: HTTP servers, the web pages, and how requests to Partner Center are written.
 */
export function startProduct(parts: ProductParts): Bot {
  const { process, storage, partnerCenter, roles, sendRequest, log: take } = parts;
  const write = (level: Logged['level']) => (facts: object, text: string) => take({ level, facts, text });
  const log = { info: write('info'), warn: write('warn'), error: write('error') } as never;
  const { visibleKeys, references: stored, ...ports } = storage.portsFor(process);
  const token = async () => 'token';
  const allows = () => true;
  const staffTenantId = undefined;
  const send = createSend({ allows, token, log, sendRequest });
  const audience = createAudience({ staffTenantId, read: createRead({ allows, token, sendRequest }), log });
  const references = cacheReferences(stored);
  const messenger = createMessenger({
    ...{ references, send, audience, withheldCard: (placeId) => withheldCard(world, placeId) },
  });
  const languages = createLanguages({
    choices: { of: async () => new Map(), put: async () => undefined },
    references,
    byDefault: 'en',
  });
  const flows = createFlows({ keys: { seconds: keySeconds, isDialog: false }, hasPages: false });
  const notifier = createNotifier({ world: () => world, messenger, references, flows, log });
  const fileMessages = createFileMessages(references, send);
  const world: World = {
    ...ports,
    ...partnerCenter.portsFor(process),
    clock: { now: () => new Date() },
    policy: builtInPolicy,
    usage: { demand: () => () => undefined },
    staff: {
      rolesOf: async (personId) => roles.get(personId) ?? [],
      adminAgents: async () => [...roles].flatMap(([id, held]) => (held.includes('admin-agent') ? [id] : [])),
    },
    languages,
    setup: { examine: async () => [] },
    favourites: createFavourites(),
    contacts: { ofMember: async () => undefined },
    fileInspector: { inspect: notInHistories },
    sentFiles: { load: notInHistories, put: notInHistories },
    auditFileOffers: fileMessages,
    notify: notifier,
    isSimulated: false,
  };
  const runner = createRunner({
    ...{ world, sessions: ports.sessions, visibleKeys, flows, messenger, references, log },
    secrets: { reveal: 'ephemeral', seconds: keySeconds },
  });
  const words = wordsFor('en');
  const bot = createBot({
    ...{ bot: { mode: 'development' }, allows, staffTenantId, references, languages, runner, messenger, audience, log },
    onRemoved: (placeId) => visibleKeys.removeOfPlace(placeId),
    extension: createExtension({ world, publicUrl: undefined, log }),
    dialogs: runner,
    say: createSay(send),
    files: fileMessages,
    giveFile: createAuditFileGiver(world),
    fallbackTexts: {
      stillWorking: () => words.common.stillWorking,
      fault: (_locale, turnId) => onOneLine(words.common.fault(turnId)),
      notStaff: (_locale, why) => onOneLine(words.refusals['not-staff']({ why })),
      suggestions: () => suggestedCommands(words),
      notUnderstood: () => words.help.notUnderstood('?'),
      notShownHere: (_locale, readers) => words.common.withheld(readers).text,
    },
    title: words.help.title,
    publicUrl: undefined,
  });
  storage.jobs.work(process, createJobHandlers({ world, trackSeconds: sweepSeconds, notifier, runner }));
  return bot;
}

function createFavourites(): World['favourites'] {
  const dealings: Dealing[] = [];
  return {
    customers: (personId) => customersIn(dealings, personId),
    items: (customerId) => itemsIn(dealings, customerId),
    note: (dealing) => void dealings.unshift(dealing),
  };
}

async function notInHistories(): Promise<never> {
  throw new Error('nobody sends files here');
}
