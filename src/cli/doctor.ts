import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { policyProblem } from '../config/policy-file.ts';
import type { Checks } from '../config/read-config.ts';
import type { Variables } from '../config/schema.ts';
import { examineSetup, examineVariables, type OutsideOptions } from '../doctor/index.ts';
import type { SetupFinding } from '../domain/setup/setup-check.ts';
import { clouds } from '../microsoft/clouds.ts';
import { readClientSecret } from '../partner-center/client/client-secret.ts';
import { examineDatabase } from '../storage/examine.ts';

/**
 * `npm run doctor`: looks at how it is set up, before the first start or while the bot runs, and says what to do about
 * each thing that is wrong. It asks everything outside as the bot does, and changes nothing.
 *
 *   operator  npm run doctor                     (or: npm run doctor -- --json)
 *   doctor    PROBLEM  partner-center  consent-without-mfa: …
 *             what to do: …
 */
interface Doctored {
  readonly ok: boolean;
  readonly findings: readonly SetupFinding[];
}

const readText = (path: string): string => readFileSync(path, 'utf8');
const checks: Checks = {
  ...clouds,
  readText,
  readClientSecret: (written) => readClientSecret(written, readText),
  policyProblem: (path) => policyProblem(path, readText),
};
const usualPackage = join('manifest', 'build', 'software-desk.zip');

export async function doctor(
  variables: Variables,
  packagePath?: string,
  options: OutsideOptions = {},
): Promise<Doctored> {
  const { config, findings: aboutVariables } = examineVariables(variables, checks);
  if (!config) return resultOf(aboutVariables);
  const { storage, partnerCenter } = config;
  const database = await examineDatabase({
    databaseUrl: storage.mode === 'postgres' ? storage.databaseUrl : undefined,
    dataDir: storage.dataDir,
    vaultKeys: partnerCenter.mode === 'live' ? config.sealingKeys : [],
  });
  try {
    return resultOf([...aboutVariables, ...(await examineSetup({ config, database, packagePath }, options))]);
  } finally {
    if (database.kind === 'open') await database.close();
  }
}

function resultOf(findings: readonly SetupFinding[]): Doctored {
  return { ok: findings.every(({ level }) => level !== 'problem'), findings };
}

const levels = ['problem', 'warning', 'note'] as const;

/** The worst first. */
export function describeFindings({ ok, findings }: Doctored): string {
  const lines = levels.flatMap((level) =>
    findings
      .filter((one) => one.level === level)
      .flatMap(({ area, code, says, remedy }) => [
        `${level === 'problem' ? 'PROBLEM' : level.padEnd(7)}  ${area}  ${code}: ${says}`,
        ...(remedy === undefined ? [] : [`         what to do: ${remedy}`]),
      ]),
  );
  const count = (level: string) => findings.filter((one) => one.level === level).length;
  const last =
    ok && count('warning') === 0 ? 'Nothing is wrong.' : `${count('problem')} problems, ${count('warning')} warnings.`;
  return `${[...lines, last].join('\n')}\n`;
}

async function main(): Promise<void> {
  try {
    if (existsSync('.env')) process.loadEnvFile('.env');
    const { values } = parseArgs({ options: { json: { type: 'boolean' }, package: { type: 'string' } } });
    const packagePath = values.package ?? (existsSync(usualPackage) ? usualPackage : undefined);
    const found = await doctor(process.env, packagePath);
    process.stdout.write(values.json ? `${JSON.stringify(found, undefined, 2)}\n` : describeFindings(found));
    process.exitCode = found.ok ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  }
}

if (import.meta.main) await main();
