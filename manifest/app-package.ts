import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { AppManifestUtils } from '@microsoft/app-manifest';
import { ZipFile } from 'yazl';
import { isPublicHost } from './addresses.ts';
import { type AppPackage, type Translation, valueAt } from './manifest.ts';
import { uploadRules } from './upload-rules.ts';

/** What an operator decides about the package; everything else stands in `manifest.json`. */
export interface PackageSettings {
  readonly appId: string;
  readonly version: string;
  /** Address of the bot's web pages, `https://…`. Without it, what needs a page is left out of the package. */
  readonly publicUrl?: string | undefined;
  readonly developer: {
    readonly name: string;
    readonly website: string;
    readonly privacy: string;
    readonly terms: string;
  };
}

/** The files of the package by name, as they will lie at the root of the zip. */
export type PackageFiles = ReadonlyMap<string, Buffer>;

type JsonObject = { readonly [key: string]: unknown };
type Checked = Parameters<typeof AppManifestUtils.validateAgainstSchema>;

const schemas = 'https://developer.microsoft.com/json-schemas/teams/v1.30';
const manifestSchema = `${schemas}/MicrosoftTeams.schema.json`;
const languageSchema = `${schemas}/MicrosoftTeams.Localization.schema.json`;

/** Of everything that Teams itself shows of the app; English stands in the manifest. */
const translations = ['pl.json', 'de.json', 'fr.json', 'es.json'];

// Zip entries carry a time; a fixed one makes equal content an equal file.
const packedAt = new Date('2026-01-01T00:00:00Z');

/** What is wrong with the two things that every operator gives, a sentence each. */
export function problemsOfSettings({ appId, publicUrl }: Pick<PackageSettings, 'appId' | 'publicUrl'>): string[] {
  const isGuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(appId) && !/^[0-]+$/.test(appId);
  return [
    ...(isGuid ? [] : [`MicrosoftAppId must be the GUID of the bot's app registration, but is ${appId}`]),
    ...(publicUrl === undefined || isUsableUrl(publicUrl)
      ? []
      : [`PUBLIC_URL must be an https address that people's Teams can reach, but is ${publicUrl}`]),
  ];
}

function isUsableUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  return protocol === 'https:' && isPublicHost(hostname) && `${username}${password}${search}${hash}` === '';
}

/** Reads `manifest.json` and what it names from this folder, with the placeholders filled in. */
export async function buildPackage(settings: PackageSettings): Promise<PackageFiles> {
  const whole = await readJson('manifest.json');
  const manifest = fillIn(settings.publicUrl === undefined ? withoutPages(whole) : whole, settings);
  const files = new Map<string, Buffer>();
  files.set('manifest.json', toFile(manifest));
  for (const name of ['color.png', 'outline.png']) files.set(name, await readFile(join(import.meta.dirname, name)));
  for (const name of translations) {
    const texts = Object.entries(await readJson(name));
    // What was left out has no texts either.
    const used = texts.filter(([key]) => key === '$schema' || valueAt(manifest, key) !== undefined);
    files.set(name, toFile(Object.fromEntries(used)));
  }
  return files;
}

/**
 * Every reason why Teams would refuse these files; empty when they are fine. Uses the schemas shipped with npm only. What
 * the schema does not say is asked once the schema is kept.
 */
export async function problemsOf(files: PackageFiles): Promise<string[]> {
  const problems = await againstSchema(parse(files, 'manifest.json'), manifestSchema);
  for (const name of translations) {
    const found = await againstSchema(parse(files, name), languageSchema);
    problems.push(...found.map((problem) => `${name} ${problem}`));
  }
  return problems.length > 0 ? problems : ruleProblemsOf(files);
}

/** What breaks a rule that is not in the schema. */
export function ruleProblemsOf(files: PackageFiles): string[] {
  const app: AppPackage = {
    manifest: parse(files, 'manifest.json'),
    translations: new Map(translations.map((name) => [name, parse<Translation>(files, name)])),
    files,
  };
  return uploadRules.flatMap((rule) => rule.check(app));
}

export async function zip(files: PackageFiles): Promise<Buffer> {
  const archive = new ZipFile();
  for (const [name, content] of files) archive.addBuffer(content, name, { mtime: packedAt });
  archive.end();
  return buffer(archive.outputStream);
}

/** The tab, its sign-in and the links that lead to it are pages of the bot. */
function withoutPages({ staticTabs: _, webApplicationInfo: __, ...manifest }: JsonObject): JsonObject {
  const extensions = Array.isArray(manifest.composeExtensions) ? manifest.composeExtensions : [];
  return {
    ...manifest,
    composeExtensions: extensions.map(({ messageHandlers: _links, ...extension }) => extension),
    validDomains: [],
  };
}

function fillIn(manifest: JsonObject, { appId, version, publicUrl, developer }: PackageSettings): JsonObject {
  const values: Record<string, string> = {
    MicrosoftAppId: appId,
    VERSION: version,
    PUBLIC_URL: publicUrl?.replace(/\/+$/, '') ?? '',
    PUBLIC_HOST: publicUrl === undefined ? '' : new URL(publicUrl).host,
    DEVELOPER_NAME: developer.name,
    WEBSITE_URL: developer.website,
    PRIVACY_URL: developer.privacy,
    TERMS_URL: developer.terms,
  };
  return JSON.parse(JSON.stringify(manifest), (_key, value: unknown) =>
    typeof value === 'string'
      ? value.replace(/\$\{\{(\w+)\}\}/g, (placeholder, name: string) => values[name] ?? placeholder)
      : value,
  );
}

async function againstSchema(document: JsonObject, url: string): Promise<string[]> {
  // The validator would fetch any other schema from the network, and check against that one.
  if (document.$schema !== url) return [`$schema must be ${url}`];
  const schema: JsonObject = await AppManifestUtils.fetchSchema(url);
  // Some patterns of the language schema, all for things not used here, are no valid regular expressions.
  const usable = Object.entries(schema.patternProperties ?? {}).filter(([pattern]) => isPattern(pattern));
  const checked = [document, { ...schema, patternProperties: Object.fromEntries(usable) }];
  return AppManifestUtils.validateAgainstSchema(...(checked as unknown as Checked));
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

async function readJson(name: string): Promise<JsonObject> {
  return JSON.parse(await readFile(join(import.meta.dirname, name), 'utf8'));
}

function toFile(document: JsonObject): Buffer {
  return Buffer.from(`${JSON.stringify(document, null, 2)}\n`);
}

/** With a byte order mark too: the rules tell of it. */
function parse<T>(files: PackageFiles, name: string): T {
  return JSON.parse((files.get(name)?.toString('utf8') ?? '{}').replace(/^\uFEFF/, ''));
}
