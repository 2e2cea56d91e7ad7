import type { Registration } from '../../src/teams/credentials.ts';
import { staffTenantId } from './activities.ts';

export const appId = '7b0f4d19-52c6-4a3e-8e15-90d2c6f1a8b4';
export const serviceUrl = 'https://smba.trafficmanager.net/emea/';

/** A bot whose channel publishes its keys at the address of this OpenID document. */
export function registration(openId: string): Registration {
  return {
    mode: 'registered',
    appId,
    appType: 'SingleTenant',
    appPassword: 'password',
    appTenantId: staffTenantId,
    keys: {
      ToChannelFromBotLoginUrl: 'http://127.0.0.1:1/login',
      ToChannelFromBotOAuthScope: 'https://api.botframework.com',
      ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
      ToBotFromChannelOpenIdMetadataUrl: openId,
      ToBotFromEmulatorOpenIdMetadataUrl: openId,
      OAuthUrl: 'http://127.0.0.1:1/oauth',
      CallerId: 'urn:botframework:azure',
      ValidateAuthority: 'true',
    },
  };
}
