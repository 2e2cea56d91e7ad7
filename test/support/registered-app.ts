import { startTestApp, type TestApp } from './app.ts';
import { type Conversation, startConversation, type Teams, type Where } from './conversation.ts';
import { startKeyServer } from './key-server.ts';
import type { Who } from './people.ts';

const appId = '7b0f4d19-52c6-4a3e-8e15-90d2c6f1a8b4';
const issuer = 'https://api.botframework.com';
const inAnHour = (): number => Math.floor(Date.now() / 1000) + 3600;

/** The whole product with an app id: every activity is signed, as in a real tenant. */
export interface RegisteredApp {
  readonly app: TestApp;
  in(where: Where, number: number, who?: Who): Conversation;
  stop(): Promise<void>;
}

export async function startRegisteredApp(env: Readonly<Record<string, string>> = {}): Promise<RegisteredApp> {
  const keys = await startKeyServer();
  const app = await startTestApp({
    MicrosoftAppId: appId,
    MicrosoftAppPassword: 'password',
    MicrosoftAppType: 'SingleTenant',
    MicrosoftAppTenantId: 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa',
    ToChannelFromBotLoginUrl: 'http://127.0.0.1:1/login',
    ToChannelFromBotOAuthScope: issuer,
    ToBotFromChannelTokenIssuer: issuer,
    ToBotFromChannelOpenIdMetadataUrl: keys.url,
    ToBotFromEmulatorOpenIdMetadataUrl: keys.url,
    OAuthUrl: 'http://127.0.0.1:1/oauth',
    CallerId: 'urn:botframework:azure',
    ValidateAuthority: 'true',
    SERVICE_URL_HOSTS: '127.0.0.1',
    HOST: '127.0.0.1',
    ...env,
  });
  const teams: Teams = {
    connector: app.connector,
    post: (activity) => {
      const claims = { iss: issuer, aud: appId, serviceurl: app.connector.url, exp: inAnHour() };
      return fetch(`${app.url}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${keys.token(claims)}` },
        body: JSON.stringify(activity),
      });
    },
  };
  return {
    app,
    in: (where, number, who = 'ada') => startConversation(teams, number, where, who),
    async stop() {
      await app.stop();
      await keys.close();
    },
  };
}
