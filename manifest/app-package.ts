import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { AppManifestUtils } from '@microsoft/app-manifest';
import { ZipFile } from 'yazl';

/** What an operator decides about the package; everything else stands in `manifest.json`. */
export interface PackageSettings {
  readonly appId: string;
  readonly version: string;
  /** Address of the bot's web pages, `https://…`. Without it no page of the bot opens inside Teams. */
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

const schemas = 'https://developer.microsoft.com/json-schemas/teams/v1.29';
const manifestSchema = `${schemas}/MicrosoftTeams.schema.json`;
const languageSchema = `${schemas}/MicrosoftTeams.Localization.schema.json`;

/** Of everything that Teams itself shows of the app; English stands in the manifest. */
const translations = ['pl.json', 'de.json', 'fr.json', 'es.json'];

// Zip entries carry a time; a fixed one makes equal content an equal file.
const packedAt = new Date('2026-01-01T00:00:00Z');

/** Reads `manifest.json` and what it names from this folder, with the placeholders filled in. */
export async function buildPackage(settings: PackageSettings): Promise<PackageFiles> {
  const manifest = fillIn(await readJson('manifest.json'), settings);
  const files = new Map<string, Buffer>();
  files.set('manifest.json', Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
  for (const name of ['color.png', 'outline.png', ...translations]) {
    files.set(name, await readFile(join(import.meta.dirname, name)));
  }
  return files;
}

/** Every reason why Teams would refuse these files; empty when they are fine. Uses the schemas shipped with npm only. */
export async function problemsOf(files: PackageFiles): Promise<string[]> {
  const manifest = parse(files, 'manifest.json');
  const text = JSON.stringify(manifest);
  const problems = [
    ...(await againstSchema(manifest, manifestSchema)),
    ...[...text.matchAll(/\$\{\{\w+\}\}/g)].map(([placeholder]) => `${placeholder} was not filled in`),
    ...[...text.matchAll(/"http:\/\/[^"]*"/g)].map(([url]) => `${url} is not https`),
  ];
  for (const name of translations) {
    const found = await againstSchema(parse(files, name), languageSchema);
    problems.push(...found.map((problem) => `${name} ${problem}`));
  }
  for (const name of [...text.matchAll(/"([\w-]+\.(?:png|json))"/g)].map((match) => match[1] ?? '')) {
    if (!files.has(name)) problems.push(`${name} is named in the manifest but is not in the package`);
  }
  return problems;
}

export async function zip(files: PackageFiles): Promise<Buffer> {
  const archive = new ZipFile();
  for (const [name, content] of files) archive.addBuffer(content, name, { mtime: packedAt });
  archive.end();
  return buffer(archive.outputStream);
}

function fillIn(manifest: JsonObject, { appId, version, publicUrl, developer }: PackageSettings): JsonObject {
  const values: Record<string, string> = {
    MicrosoftAppId: appId,
    VERSION: version,
    PUBLIC_HOST: publicUrl === undefined ? '' : new URL(publicUrl).host,
    DEVELOPER_NAME: developer.name,
    WEBSITE_URL: developer.website,
    PRIVACY_URL: developer.privacy,
    TERMS_URL: developer.terms,
  };
  const filled = JSON.parse(JSON.stringify(manifest), (_key, value: unknown) =>
    typeof value === 'string'
      ? value.replace(/\$\{\{(\w+)\}\}/g, (placeholder, name: string) => values[name] ?? placeholder)
      : value,
  );
  return { ...filled, validDomains: filled.validDomains.filter((domain: string) => domain !== '') };
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

function parse(files: PackageFiles, name: string): JsonObject {
  return JSON.parse(files.get(name)?.toString('utf8') ?? '{}');
}
