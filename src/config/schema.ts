import type { Language } from '../domain/people/languages.ts';

/** What the configuration holds. `read-config.ts` makes one out of the environment. */

export type Variables = Readonly<Record<string, string | undefined>>;

/** Every variable that is read, as `.env.example` lists them. */
export const variableNames = [
  'PORT',
  'HOST',
  'MicrosoftAppId',
  'MicrosoftAppPassword',
  'MicrosoftAppType',
  'MicrosoftAppTenantId',
  'ChannelService',
  'ToChannelFromBotLoginUrl',
  'ToChannelFromBotOAuthScope',
  'ToBotFromChannelTokenIssuer',
  'ToBotFromChannelOpenIdMetadataUrl',
  'ToBotFromEmulatorOpenIdMetadataUrl',
  'OAuthUrl',
  'CallerId',
  'ValidateAuthority',
  'SERVICE_URL_HOSTS',
  'DATABASE_URL',
  'DATA_DIR',
  'SEALING_KEY',
  'SEALING_KEY_PREVIOUS',
  'PARTNER_CENTER_URL',
  'PARTNER_CENTER_TENANT_ID',
  'PARTNER_CENTER_CLIENT_ID',
  'PARTNER_CENTER_CLIENT_SECRET',
  'PARTNER_CENTER_REFRESH_TOKEN',
  'PARTNER_CENTER_AUTHORITY',
  'PARTNER_CENTER_TIMEOUT_SECONDS',
  'STAFF_TENANT_ID',
  'ROLES_SOURCE',
  'ADMIN_AGENTS',
  'SALES_AGENTS',
  'HELPDESK_AGENTS',
  'GLOBAL_ADMINS',
  'KEY_REVEAL',
  'KEY_REVEAL_SECONDS',
  'POLICY_FILE',
  'TRACK_SECONDS',
  'SIMULATOR_PORT',
  'SIMULATOR_DELAY_SECONDS',
  'SIMULATOR_MODE',
  'PUBLIC_URL',
  'DEFAULT_LANGUAGE',
  'LOG_LEVEL',
  'METRICS_TOKEN',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_HEADERS',
] as const;

export type VariableName = (typeof variableNames)[number];

/** Those that may instead be the path of a file, under this name and `_FILE`: how secrets come into containers. */
export const secretNames = [
  'MicrosoftAppPassword',
  'DATABASE_URL',
  'PARTNER_CENTER_CLIENT_SECRET',
  'PARTNER_CENTER_REFRESH_TOKEN',
  'METRICS_TOKEN',
  'SEALING_KEY',
  'SEALING_KEY_PREVIOUS',
  'OTEL_EXPORTER_OTLP_HEADERS',
] as const satisfies readonly VariableName[];

export const secretFileNames = secretNames.map((name) => `${name}_FILE` as const);

/** Bot Framework's own keys for another cloud, or a local OpenID document in tests: all of them or none. */
export interface BotFrameworkKeys {
  readonly ToChannelFromBotLoginUrl: string;
  readonly ToChannelFromBotOAuthScope: string;
  readonly ToBotFromChannelTokenIssuer: string;
  readonly ToBotFromChannelOpenIdMetadataUrl: string;
  readonly ToBotFromEmulatorOpenIdMetadataUrl: string;
  readonly OAuthUrl: string;
  readonly CallerId: string;
  readonly ValidateAuthority: string;
}

export type AppType = 'MultiTenant' | 'SingleTenant' | 'UserAssignedMSI';

export type BotConfig =
  | { readonly mode: 'development' }
  | {
      readonly mode: 'registered';
      readonly appId: string;
      readonly appType: AppType;
      /** Absent for managed identities only. */
      readonly appPassword?: string;
      readonly appTenantId?: string;
      readonly channelService?: string;
      readonly keys?: BotFrameworkKeys;
    };

export type StorageConfig =
  | { readonly mode: 'embedded'; readonly dataDir: string }
  | { readonly mode: 'postgres'; readonly databaseUrl: string; readonly dataDir: string };

export interface PartnerCenterCredentials {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
}

export type PartnerCenterConfig =
  | { readonly mode: 'simulator' }
  | {
      readonly mode: 'live';
      readonly url: string;
      readonly authority: string;
      /** Absent in development only: a simulator on this machine, which is signed in to with its seed's own account. */
      readonly credentials?: PartnerCenterCredentials;
    };

/** Whose Graph tells roles. `microsoft`: asked as the bot's own app registration, about the tenant of the staff. */
export type DirectoryConfig =
  | { readonly at: 'simulator' }
  | {
      readonly at: 'microsoft';
      readonly authority: string;
      readonly tenantId: string;
      readonly clientId: string;
      readonly clientSecret: string;
    };

/** `static`: object ids of people. `graph`: object ids of groups. */
export type RolesConfig = {
  readonly adminAgents: readonly string[];
  readonly salesAgents: readonly string[];
  readonly helpdeskAgents: readonly string[];
  readonly globalAdmins: readonly string[];
} & ({ readonly source: 'static' } | { readonly source: 'graph'; readonly directory: DirectoryConfig });

/** Who opens the web pages. `audiences`: the names under which Teams asks for a token for this app; `tenantId`: of the staff. */
export type WebConfig =
  | { readonly mode: 'development'; readonly personId: string; readonly name: string }
  | {
      readonly mode: 'registered';
      readonly tenantId: string;
      readonly authority: string;
      readonly audiences: readonly string[];
    };

export interface Config {
  /** Absent: all interfaces. */
  readonly host?: string;
  readonly port: number;
  readonly bot: BotConfig;
  readonly serviceUrlHosts: readonly string[];
  readonly storage: StorageConfig;
  /**
   * What is kept secret in the database is sealed with the first and opened with any: the operator's own key, the one before
   * it, and what earlier versions took. Empty in development.
   */
  readonly sealingKeys: readonly string[];
  readonly partnerCenter: PartnerCenterConfig;
  /** Of one call; lists have longer. */
  readonly partnerCenterTimeoutSeconds: number;
  /** Absent in development: any tenant is served. Lower case. */
  readonly staffTenantId?: string;
  readonly roles: RolesConfig;
  readonly keyReveal: 'ephemeral' | 'dialog';
  readonly keyRevealSeconds: number;
  /** Path of the file; `app.ts` reads it. Absent: the built-in policy. */
  readonly policyFile?: string;
  readonly trackSeconds: number;
  readonly simulator: { readonly port: number; readonly delaySeconds: number; readonly mode: 'extended' | 'today' };
  readonly publicUrl?: string;
  readonly web: WebConfig;
  /** Of channels and groups that have chosen none, and of people whose own is not spoken here. */
  readonly defaultLanguage: Language;
  readonly logLevel: string;
  readonly metricsToken?: string;
  /** Where traces go, and what is sent along. Absent: nothing is traced. */
  readonly tracing?: { readonly endpoint: string; readonly headers: Readonly<Record<string, string>> };
}
