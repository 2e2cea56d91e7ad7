import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Config } from '../config/index.ts';
import type { BotConfig } from '../config/schema.ts';
import { Secret } from '../domain/secret.ts';
import type { SetupFinding } from '../domain/setup/setup-check.ts';
import { parseJson } from '../microsoft/body.ts';
import { createClientProof } from '../microsoft/oauth/client-proof.ts';
import { SignInError, type SignInRemedy } from '../microsoft/oauth/sign-in-error.ts';
import { createTokenEndpoint } from '../microsoft/oauth/token-endpoint.ts';
import { unpack } from '../partner-center/catalog/unpack.ts';
import { cloudOf } from '../teams/credentials.ts';
import { createAllows } from '../teams/hosts.ts';
import { findingsOf } from './finding.ts';
import { factsOf, kindOfFailure, type Outside, readAddress } from './outside.ts';

const { problem, warning, note } = findingsOf('bot');

type Registered = Extract<BotConfig, { mode: 'registered' }>;

const remedies: readonly { readonly numbers: readonly string[]; readonly remedy: string }[] = [
  {
    numbers: ['7000222'],
    remedy:
      'The client secret has expired: make a new one for the app registration of the bot, and put its value into MicrosoftAppPassword.',
  },
  {
    numbers: ['7000215', '7000216'],
    remedy: 'MicrosoftAppPassword is wrong: it must be the value of a client secret of the bot, not its id.',
  },
  {
    numbers: ['700016', '700038'],
    remedy: 'MicrosoftAppId names no application of MicrosoftAppTenantId: compare both with the app registration.',
  },
  { numbers: ['90002', '900021', '900023'], remedy: 'MicrosoftAppTenantId names no tenant.' },
];

const otherwise = 'Check MicrosoftAppId, MicrosoftAppPassword, MicrosoftAppType and MicrosoftAppTenantId.';

const remedyFor: SignInRemedy = ({ numbers }) => {
  const known = remedies.find((one) => numbers.some((number) => one.numbers.includes(number)));
  return { remedy: known?.remedy ?? otherwise };
};

/** Where Teams is, in each of its clouds. */
const teamsServices = {
  public: 'https://smba.trafficmanager.net/teams/',
  government: 'https://smba.infra.gov.teams.microsoft.us/teams/',
};

/** Signs in as the bot does to answer, and reads what it checks incoming activities with. */
export async function examineBot(bot: Registered, outside: Outside): Promise<SetupFinding[]> {
  const [signIn, keys] = await Promise.all([trySignIn(bot, outside), readChannelKeys(bot, outside)]);
  return [
    ...signIn,
    ...keys,
    note(
      'bot-registration',
      'Not asked: whether the Azure Bot has the Teams channel, and PUBLIC_URL with /api/messages as its messaging endpoint. See both in the Azure portal.',
    ),
  ];
}

async function trySignIn(bot: Registered, { timer, timeoutMs }: Outside): Promise<SetupFinding[]> {
  const { appId, appPassword, appTenantId, appType } = bot;
  if (appPassword === undefined)
    return [note('bot-managed-identity', 'Not asked: a managed identity signs in on its own machine in Azure only.')];
  const { loginUrl, scope } = cloudOf(bot);
  const { origin, pathname } = new URL(loginUrl);
  const tenantId = appType === 'SingleTenant' && appTenantId ? appTenantId : pathname.slice(1);
  const proof = createClientProof(appId, new Secret(appPassword));
  const endpoint = createTokenEndpoint({
    ...{ authority: origin, tenantId, clientId: appId, proof, timer, timeoutMs, remedyFor },
    version: 'v2',
  });
  try {
    await endpoint.token({ grant_type: 'client_credentials', scope: `${scope}/.default` });
    return [];
  } catch (error) {
    if (!(error instanceof SignInError)) throw error;
    if (kindOfFailure(error) === 'refused')
      return [
        problem(
          'bot-sign-in',
          `The directory refuses the bot's sign-in (${factsOf(error)}): nobody gets an answer.`,
          error.description ?? otherwise,
        ),
      ];
    return [
      problem(
        'bot-sign-in-away',
        `Nobody answers where the bot signs in (${origin}).`,
        `Let the bot reach ${origin}: look at the network, the firewall and the proxy.`,
      ),
    ];
  }
}

const openIdDocument = z.object({ issuer: z.string(), jwks_uri: z.url() });

async function readChannelKeys(bot: Registered, outside: Outside): Promise<SetupFinding[]> {
  const { keysUrl, issuer } = cloudOf(bot);
  const answer = await readAddress(keysUrl, outside);
  const body = answer && parseJson(answer.bytes);
  const document = body?.isJson ? openIdDocument.safeParse(body.value).data : undefined;
  if (!document)
    return [
      problem(
        'channel-keys',
        `The keys of Teams' tokens cannot be read (${keysUrl}): the bot would let nobody in.`,
        `Let the bot reach ${new URL(keysUrl).origin}: look at the network, the firewall and the proxy.`,
      ),
    ];
  if (document.issuer === issuer) return [];
  return [
    problem(
      'channel-issuer',
      `Tokens are issued by ${document.issuer}, and the bot takes those of ${issuer}.`,
      'Correct ToBotFromChannelTokenIssuer and ToBotFromChannelOpenIdMetadataUrl, or leave all eight keys out.',
    ),
  ];
}

/** Whether the bot may send where Teams is. `seen`: where Teams wanted to be written to. */
export function examineServiceHosts({ bot, serviceUrlHosts }: Config, seen: readonly string[]): SetupFinding[] {
  if (bot.mode === 'development') return [];
  const allows = createAllows(serviceUrlHosts);
  const usual = bot.keys ? [] : [bot.channelService ? teamsServices.government : teamsServices.public];
  const refused = [...usual, ...seen].filter((url) => !allows(url)).map((url) => new URL(url).host);
  if (refused.length === 0) return [];
  return [
    problem(
      'service-url-hosts',
      `The bot may not send to ${[...new Set(refused)].join(', ')}, where Teams is: what comes from there is refused.`,
      'Leave SERVICE_URL_HOSTS out, or add that host.',
    ),
  ];
}

const manifest = z.looseObject({
  id: z.string(),
  bots: z.array(z.looseObject({ botId: z.string() })).default([]),
  validDomains: z.array(z.string()).default([]),
});

/** Compares the app package with the configuration it should have been made from. */
export async function examinePackage(path: string, { bot, publicUrl }: Config): Promise<SetupFinding[]> {
  const appId = bot.mode === 'registered' ? bot.appId.toLowerCase() : undefined;
  const read = await readManifest(path);
  const again = 'Make it anew with `npm run package`, and upload it in the Teams admin center.';
  if (!read) return [problem('package-unreadable', `${path} is no app package that can be read.`, again)];
  const found: SetupFinding[] = [];
  const ids = [read.id, ...read.bots.map(({ botId }) => botId)].map((id) => id.toLowerCase());
  if (appId !== undefined && ids.some((id) => id !== appId))
    found.push(problem('package-bot-id', `The app package ${path} is of another bot than MicrosoftAppId.`, again));
  const host = publicUrl === undefined ? undefined : new URL(publicUrl).host;
  if (host !== undefined && !read.validDomains.includes(host))
    found.push(
      warning(
        'package-domain',
        `The app package ${path} does not name the host of PUBLIC_URL: Teams opens none of the bot's pages.`,
        again,
      ),
    );
  return found;
}

async function readManifest(path: string): Promise<z.infer<typeof manifest> | undefined> {
  try {
    const bytes = await unpack(await readFile(path), 1024 * 1024);
    return manifest.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch {
    return undefined;
  }
}
