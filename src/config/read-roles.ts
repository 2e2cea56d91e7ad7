import { playgroundAdminGroup, playgroundStaff } from './development.ts';
import type { Environment } from './environment.ts';
import { governmentService } from './read-bot.ts';
import type { BotConfig, DirectoryConfig, PartnerCenterConfig, RolesConfig } from './schema.ts';
import { guid, guids, isLoopback, isSafeUrl, oneOf } from './values.ts';

const microsoftAuthority = 'https://login.microsoftonline.com';
const governmentAuthority = 'https://login.microsoftonline.us';

const roleNames = ['ADMIN_AGENTS', 'SALES_AGENTS', 'HELPDESK_AGENTS', 'GLOBAL_ADMINS'] as const;

/** The tenant whose people are served. */
export function readStaffTenant({ text, read, addProblem }: Environment): string | undefined {
  const own = read('STAFF_TENANT_ID', guid);
  if (own || text('STAFF_TENANT_ID') || text('MicrosoftAppId') === undefined) return own;
  const tenant = guid.safeParse(text('MicrosoftAppTenantId') ?? '');
  if (tenant.success) return tenant.data;
  const why = text('MicrosoftAppTenantId') ? 'MicrosoftAppTenantId is not a GUID and' : 'MicrosoftAppTenantId';
  addProblem(
    `STAFF_TENANT_ID is missing: set it to the tenant (a GUID) whose people may use the bot; ${why} cannot be used instead`,
  );
  return undefined;
}

export interface RolesContext {
  readonly bot: BotConfig;
  readonly partnerCenter: PartnerCenterConfig;
  readonly staffTenantId: string | undefined;
}

/** Who has which role. */
export function readRoles(environment: Environment, context: RolesContext): RolesConfig {
  const { text, read, addProblem } = environment;
  const source = read('ROLES_SOURCE', oneOf(['static', 'graph'])) ?? 'static';
  const [adminAgents = [], salesAgents = [], helpdeskAgents = [], globalAdmins = []] = roleNames.map((name) => {
    const ids = read(name, guids) ?? [];
    if (source === 'graph' && ids.length > 1)
      addProblem(`${name} must be one group's object id (ROLES_SOURCE is graph)`);
    return ids;
  });
  const named = { adminAgents, salesAgents, helpdeskAgents, globalAdmins };
  if (!roleNames.some((name) => text(name))) {
    if (context.bot.mode === 'development')
      named.adminAgents = [source === 'static' ? playgroundStaff.adminAgents : playgroundAdminGroup];
    else addProblem(`Nobody has a role: set ADMIN_AGENTS, and ${roleNames.slice(1).join(', ')} as needed`);
  }
  return source === 'static'
    ? { source, ...named }
    : { source, ...named, directory: readDirectory(environment, context) };
}

/** In a real tenant real people are in real groups, also while Partner Center is simulated. */
function readDirectory(environment: Environment, context: RolesContext): DirectoryConfig {
  const { bot, staffTenantId } = context;
  const authority = directoryAuthority(environment, context);
  if (bot.mode === 'development' || isLoopback(new URL(authority).hostname)) return { at: 'simulator' };
  if (!bot.appPassword) {
    environment.addProblem(
      'MicrosoftAppPassword is missing: ROLES_SOURCE graph needs it to sign in to Microsoft Graph',
    );
  }
  return {
    at: 'microsoft',
    authority,
    tenantId: staffTenantId ?? '',
    clientId: bot.appId,
    clientSecret: bot.appPassword ?? '',
  };
}

/** Partner Center's, where one is set; else that of the cloud in which the bot is registered. */
function directoryAuthority(environment: Environment, { bot, partnerCenter }: RolesContext): string {
  return partnerCenter.mode === 'live' ? partnerCenter.authority : signInAuthority(environment, bot);
}

/** Where the people of the cloud in which the bot is registered sign in. */
export function signInAuthority({ text }: Environment, bot: BotConfig): string {
  const signIn = bot.mode === 'registered' ? bot.keys?.ToChannelFromBotLoginUrl : undefined;
  if (signIn !== undefined && isSafeUrl(signIn)) return new URL(signIn).origin;
  return text('ChannelService') === governmentService ? governmentAuthority : microsoftAuthority;
}
