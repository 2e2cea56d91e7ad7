import { playgroundStaff } from './development.ts';
import type { Environment } from './environment.ts';
import { signInAuthority } from './read-roles.ts';
import type { BotConfig, WebConfig } from './schema.ts';

/** Who may open the web pages: people of the staff tenant, by the sign-in of Teams; in development whoever sits at this machine. */
export function readWeb(
  environment: Environment,
  { bot, staffTenantId, publicUrl }: { bot: BotConfig; staffTenantId?: string; publicUrl?: string },
): WebConfig {
  if (bot.mode === 'development') {
    return { mode: 'development', personId: playgroundStaff.adminAgents, name: 'Ada Nowak' };
  }
  const appId = bot.appId.toLowerCase();
  const host = publicUrl === undefined ? undefined : new URL(publicUrl).host;
  const names = [appId, `botid-${appId}`];
  return {
    mode: 'registered',
    tenantId: staffTenantId ?? '',
    authority: signInAuthority(environment, bot),
    audiences: [
      appId,
      ...names.map((name) => `api://${name}`),
      ...(host ? names.map((name) => `api://${host}/${name}`) : []),
    ],
  };
}
