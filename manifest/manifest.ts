/** What the checks read of a manifest. A schema check comes first, so what is there has the right shape. */
export interface Manifest {
  readonly $schema?: string;
  readonly manifestVersion: string;
  readonly version: string;
  readonly id: string;
  readonly developer: Readonly<Record<'name' | 'websiteUrl' | 'privacyUrl' | 'termsOfUseUrl', string>>;
  readonly name: { readonly short: string; readonly full?: string };
  readonly description: { readonly short: string; readonly full: string };
  readonly icons: { readonly color: string; readonly outline: string; readonly color32x32?: string };
  readonly localizationInfo?: {
    readonly defaultLanguageTag: string;
    readonly additionalLanguages?: readonly { readonly languageTag: string; readonly file: string }[];
  };
  readonly bots?: readonly Bot[];
  readonly composeExtensions?: readonly ComposeExtension[];
  readonly staticTabs?: readonly StaticTab[];
  readonly configurableTabs?: readonly { readonly configurationUrl: string; readonly scopes: readonly string[] }[];
  readonly supportsChannelFeatures?: string | null;
  readonly defaultInstallScope?: string;
  readonly defaultGroupCapability?: Readonly<Partial<Record<'team' | 'groupchat' | 'meetings', string>>>;
  readonly validDomains?: readonly string[];
  readonly webApplicationInfo?: { readonly id: string; readonly resource?: string };
}

interface Bot {
  readonly botId: string;
  readonly scopes: readonly string[];
  readonly isNotificationOnly?: boolean;
  readonly supportsFiles?: boolean;
  readonly supportsTargetedMessages?: boolean;
  readonly commandLists?: readonly CommandList[];
}

export interface CommandList {
  readonly scopes: readonly string[];
  readonly triggers?: readonly string[];
  readonly commands: readonly { readonly title: string; readonly description?: string }[];
}

interface ComposeExtension {
  readonly botId?: string;
  readonly commands?: readonly ExtensionCommand[];
  readonly messageHandlers?: readonly { readonly value: { readonly domains?: readonly string[] } }[];
}

export interface ExtensionCommand {
  readonly id: string;
  readonly title: string;
  readonly type?: 'query' | 'action';
  readonly triggers?: readonly string[];
  readonly fetchTask?: boolean;
  readonly parameters?: readonly { readonly name: string }[];
  readonly taskInfo?: object;
}

interface StaticTab {
  readonly entityId: string;
  readonly name?: string;
  readonly contentUrl?: string;
  readonly contentBotId?: string;
  readonly websiteUrl?: string;
  readonly scopes: readonly string[];
}

/** The texts of one language by what they translate, such as `bots[0].commandLists[0].commands[0].title`. */
export type Translation = Readonly<Record<string, string>>;

/** A package that is about to be uploaded. */
export interface AppPackage {
  readonly manifest: Manifest;
  /** By the name of their file. */
  readonly translations: ReadonlyMap<string, Translation>;
  readonly files: ReadonlyMap<string, Buffer>;
}

/** What stands at a path such as `staticTabs[0].name`. */
export function valueAt(document: unknown, path: string): unknown {
  let value = document;
  for (const name of path.split(/[.[\]]+/).filter(Boolean)) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, name);
  }
  return value;
}

/** What stands in a list more than once. */
export function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) < index))];
}
