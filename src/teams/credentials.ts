import { ConfigurationServiceClientCredentialFactory } from 'botbuilder';

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
}

/** Bot Framework's built-in values (`authenticationConstants`, `governmentConstants` of botframework-connector 4.23.3). */
const publicCloud: Cloud = {
  issuer: 'https://api.botframework.com',
  scope: 'https://api.botframework.com',
  loginUrl: 'https://login.microsoftonline.com/botframework.com',
};
const governmentCloud: Cloud = {
  issuer: 'https://api.botframework.us',
  scope: 'https://api.botframework.us',
  loginUrl: 'https://login.microsoftonline.us/MicrosoftServices.onmicrosoft.us',
};

type Registered = Extract<Registration, { mode: 'registered' }>;

/** The bot's bearer token for the Connector; `undefined` in development. `fresh`: the last one was refused. */
export type ConnectorToken = (options?: { readonly fresh?: boolean }) => Promise<string | undefined>;

/** The settings under Bot Framework's own names. */
export function frameworkSettings(bot: Registered): Record<string, string> {
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
  const { ToBotFromChannelTokenIssuer, ToChannelFromBotOAuthScope, ToChannelFromBotLoginUrl } = keys;
  return { issuer: ToBotFromChannelTokenIssuer, scope: ToChannelFromBotOAuthScope, loginUrl: ToChannelFromBotLoginUrl };
}

/**
 * Tokens by Bot Framework's credentials: secret or managed identity, cached by the SDK until five minutes before they
 * expire. One request at a time: the SDK would send one per caller.
 */
export function createConnectorToken(bot: Registration): ConnectorToken {
  if (bot.mode === 'development') return async () => undefined;
  const factory = new ConfigurationServiceClientCredentialFactory(frameworkSettings(bot));
  const { scope, loginUrl } = cloudOf(bot);
  const credentials = factory.createCredentials(bot.appId, scope, loginUrl, bot.keys?.ValidateAuthority !== 'false');
  credentials.catch(() => undefined);
  let asked: Promise<string> | undefined;

  return async ({ fresh = false } = {}) => {
    asked ??= credentials
      .then((own) => ask(own, fresh))
      .finally(() => {
        asked = undefined;
      });
    return asked;
  };
}

interface TokenSource {
  getToken?(forceRefresh?: boolean): Promise<string>;
}

async function ask(credentials: object, fresh: boolean): Promise<string> {
  const source: TokenSource = credentials;
  if (!source.getToken) throw new TypeError('Bot Framework credentials without getToken');
  return source.getToken(fresh);
}
