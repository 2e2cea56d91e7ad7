import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a registry knows of one package. */
export interface Finding {
  /** `GHSA-…`, or where there is none the address that the registry gives. */
  readonly advisory: string;
  readonly packageName: string;
  readonly severity: string;
  readonly title: string;
}

/** What `npm audit` says of the packages of an installation; `silence`: why the registry said nothing. */
export type Audit = { readonly findings: readonly Finding[] } | { readonly silence: string };

/** The columns of the table are told in docs/security.md, "What comes with the packages". */
const book = join('docs', 'security.md');

/** `npm`: the command and what stands before its arguments. */
export function audit(root: string, [command = 'npm', ...before]: readonly string[]): Audit {
  const { stdout } = spawnSync(command, [...before, 'audit', '--omit', 'dev', '--json'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  return readAudit(stdout ?? '');
}

/** `json`: as `npm audit --json` prints it, since npm 7. */
function readAudit(json: string): Audit {
  const said = parse(json);
  const { vulnerabilities } = said;
  if (!isRecord(vulnerabilities)) return { silence: String(said.message ?? (json.trim() || 'it printed nothing')) };
  const findings = Object.values(vulnerabilities)
    .flatMap((one) => (isRecord(one) && Array.isArray(one.via) ? one.via : []))
    // Besides findings there are names of packages: those through which it came.
    .filter(isRecord)
    .map(({ name, severity, title, url }) => ({
      advisory: /GHSA(-\w{4}){3}/.exec(String(url))?.[0] ?? String(url),
      packageName: String(name),
      severity: String(severity),
      title: String(title),
    }));
  return { findings: [...new Map(findings.map((one) => [`${one.advisory} ${one.packageName}`, one])).values()] };
}

/** Those that docs/security.md does not explain: each needs a row with its advisory and its package. */
export function findUnexplained(root: string, findings: readonly Finding[]): readonly Finding[] {
  const rows = readFileSync(join(root, book), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|'));
  return findings.filter(
    ({ advisory, packageName }) => !rows.some((row) => row.includes(advisory) && row.includes(`\`${packageName}\``)),
  );
}

function parse(json: string): Readonly<Record<string, unknown>> {
  try {
    const said: unknown = JSON.parse(json);
    return isRecord(said) ? said : {};
  } catch {
    return {};
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
