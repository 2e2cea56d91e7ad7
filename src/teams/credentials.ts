import { ConfigurationServiceClientCredentialFactory } from 'botbuilder';
import type { Log } from '../log.ts';

/** The bot's registration, as `config.ts` reads it; `development`: none, nobody is authenticated. */
export type Registration =
  | { readonly mode: 'development' }
  | {
      readonly mode: 'registered';
      readonly appId: string;
      readonly appType: string;
      readonly appPassword?: string;
      readonly appTenantId?: string;
      readonly channelService?: string;
      readonly keys?: FrameworkKeys;
    };

interface FrameworkKeys {
  readonly ToChannelFromBotLoginUrl: string;
  readonly ToChannelFromBotOAuthScope: string;
  readonly ToBotFromChannelTokenIssuer: string;
  readonly ToBotFromChannelOpenIdMetadataUrl: string;
  readonly ToBotFromEmulatorOpenIdMetadataUrl: string;
  readonly OAuthUrl: string;
  readonly CallerId: string;
  readonly ValidateAuthority: string;
}

interface Cloud {
  readonly issuer: string;
  readonly scope: string;
  readonly loginUrl: string;
  /** Of the OpenID document that leads to the channel's keys. */
  readonly keysUrl: string;
}

/** Bot Framework's built-in values (`authenticationConstants`, `governmentConstants` of botframework-connector 4.23.3). */
const publicCloud: Cloud = {
  issuer: 'https://api.botframework.com',
  scope: 'https://api.botframework.com',
  loginUrl: 'https://login.microsoftonline.com/botframework.com',
  keysUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
};
const governmentCloud: Cloud = {
  issuer: 'https://api.botframework.us',
  scope: 'https://api.botframework.us',
  loginUrl: 'https://login.microsoftonline.us/MicrosoftServices.onmicrosoft.us',
  keysUrl: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
};

type Registered = Extract<Registration, { mode: 'registered' }>;

/** The bot's bearer token for the Connector; `undefined` in development. `fresh`: the last one was refused. */
export type ConnectorToken = (options?: { readonly fresh?: boolean }) => Promise<string | undefined>;

/** The settings under Bot Framework's own names. */
function frameworkSettings(bot: Registered): Record<string, string> {
  const settings = {
    MicrosoftAppId: bot.appId,
    MicrosoftAppPassword: bot.appPassword,
    MicrosoftAppType: bot.appType,
    MicrosoftAppTenantId: bot.appTenantId,
    ChannelService: bot.channelService,
    ...bot.keys,
  };
  return Object.fromEntries(Object.entries(settings).filter((entry): entry is [string, string] => Boolean(entry[1])));
}

/** Whose tokens we take, and whose we ask for: the configured cloud, Microsoft's government one or the public one. */
export function cloudOf({ keys, channelService }: Registered): Cloud {
  if (!keys) return channelService ? governmentCloud : publicCloud;
  return {
    issuer: keys.ToBotFromChannelTokenIssuer,
    scope: keys.ToChannelFromBotOAuthScope,
    loginUrl: keys.ToChannelFromBotLoginUrl,
    keysUrl: keys.ToBotFromChannelOpenIdMetadataUrl,
  };
}

interface TokenParts {
  readonly log: Log;
  /** By default Bot Framework's. */
  readonly makeCredentials?: (bot: Registered) => Promise<object>;
  /** A token service that does not answer. */
  readonly timeoutMs?: number;
}

/**
 * Tokens by Bot Framework's credentials: secret or managed identity, cached by the SDK until five minutes before they
 * expire. One request at a time: the SDK would send one per caller. After a failure the credentials are made anew: the
 * SDK's own would answer with the same failure for a minute, without asking (docs/teams.md, "The bot's own token").
 */
export function createConnectorToken(bot: Registration, parts: TokenParts): ConnectorToken {
  if (bot.mode === 'development') return async () => undefined;
  const { log, makeCredentials = makeFrameworkCredentials, timeoutMs = 10_000 } = parts;
  const registered: Registered = bot;
  const { loginUrl } = cloudOf(registered);
  let credentials: Promise<object> | undefined;
  let asked: Promise<string> | undefined;
  let isFailing = false;

  async function request(fresh: boolean): Promise<string> {
    credentials ??= makeCredentials(registered);
    try {
      const token = await within(
        timeoutMs,
        credentials.then((own) => ask(own, fresh)),
      );
      if (isFailing) log.info({ loginUrl }, 'the token service gives tokens again');
      isFailing = false;
      return token;
    } catch (error) {
      credentials = undefined;
      if (!isFailing)
        log.error({ loginUrl, reason: firstLineOf(error) }, 'the token service gives no token to answer with');
      isFailing = true;
      throw error;
    }
  }

  return async ({ fresh = false } = {}) => {
    asked ??= request(fresh).finally(() => {
      asked = undefined;
    });
    return asked;
  };
}

async function makeFrameworkCredentials(bot: Registered): Promise<object> {
  const { scope, loginUrl } = cloudOf(bot);
  const factory = new ConfigurationServiceClientCredentialFactory(frameworkSettings(bot));
  return factory.createCredentials(bot.appId, scope, loginUrl, bot.keys?.ValidateAuthority !== 'false');
}

/** The rest of an error of the SDK is its request, and many lines. */
function firstLineOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]?.slice(0, 300) ?? '';
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const stop = AbortSignal.timeout(ms);
  return new Promise((resolve, reject) => {
    stop.addEventListener('abort', () => reject(stop.reason));
    work.then(resolve, reject);
  });
}

interface TokenSource {
  getToken?(forceRefresh?: boolean): Promise<string>;
}

async function ask(credentials: object, fresh: boolean): Promise<string> {
  const source: TokenSource = credentials;
  if (!source.getToken) throw new TypeError('Bot Framework credentials without getToken');
  return source.getToken(fresh);
}
