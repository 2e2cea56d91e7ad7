import type { Environment } from './environment.ts';
import type { AppType, BotConfig, BotFrameworkKeys } from './schema.ts';
import { oneOf, url } from './values.ts';

export const governmentService = 'https://botframework.azure.us';

const appTypes: readonly AppType[] = ['MultiTenant', 'SingleTenant', 'UserAssignedMSI'];

const keyNames = [
  'ToChannelFromBotLoginUrl',
  'ToChannelFromBotOAuthScope',
  'ToBotFromChannelTokenIssuer',
  'ToBotFromChannelOpenIdMetadataUrl',
  'ToBotFromEmulatorOpenIdMetadataUrl',
  'OAuthUrl',
  'CallerId',
  'ValidateAuthority',
] as const;

/** The bot's registration. */
export function readBot(environment: Environment): BotConfig {
  const { text, addProblem } = environment;
  const appId = text('MicrosoftAppId');
  const keys = readKeys(environment);
  if (appId === undefined) {
    for (const name of ['MicrosoftAppPassword', 'MicrosoftAppType', 'MicrosoftAppTenantId'] as const) {
      if (text(name)) addProblem(`${name} is set, but MicrosoftAppId is not`);
    }
    return { mode: 'development' };
  }
  const channelService = text('ChannelService');
  if (channelService && channelService !== governmentService && !keys) {
    addProblem(`ChannelService must be ${governmentService}, or the eight Bot Framework keys must be set`);
  }
  const appType = readAppType(environment);
  const appPassword = text('MicrosoftAppPassword');
  const appTenantId = text('MicrosoftAppTenantId');
  if (appType === 'UserAssignedMSI' && appPassword) {
    addProblem('MicrosoftAppPassword must not be set with MicrosoftAppType UserAssignedMSI');
  }
  if (appType !== 'UserAssignedMSI' && !appPassword) addProblem('MicrosoftAppPassword is missing');
  if (appType !== 'MultiTenant' && !appTenantId) addProblem(`MicrosoftAppTenantId is missing (${appType} needs it)`);
  return { mode: 'registered', appId, channelService, keys, appType, appPassword, appTenantId };
}

/** Bot Framework itself takes any unknown word for MultiTenant. */
function readAppType({ text, addProblem }: Environment): AppType {
  const wanted = text('MicrosoftAppType');
  if (wanted === undefined) return 'MultiTenant';
  const known = appTypes.find((type) => type.toLowerCase() === wanted.toLowerCase());
  if (!known) addProblem(`MicrosoftAppType must be one of: ${appTypes.join(', ')}`);
  return known ?? 'MultiTenant';
}

/** One of them alone would switch all of Bot Framework's own values off, and every request would be refused. */
function readKeys({ text, read, addProblem }: Environment): BotFrameworkKeys | undefined {
  const missing = keyNames.filter((name) => !text(name));
  if (missing.length === keyNames.length) return undefined;
  for (const name of missing) addProblem(`${name} is missing: set all eight Bot Framework keys or none of them`);
  read('ValidateAuthority', oneOf(['true', 'false']));
  for (const name of keyNames) if (/Url$/.test(name)) read(name, url);
  const values = keyNames.map((name) => [name, text(name) ?? '']);
  return Object.fromEntries(values) as { [Name in keyof BotFrameworkKeys]: string };
}
