import type { Checks, Config } from '../config/index.ts';
import { ConfigError, readConfig } from '../config/read-config.ts';
import type { Variables } from '../config/schema.ts';
import { findUnknownVariables } from '../config/unknown-variables.ts';
import type { SetupFinding } from '../domain/setup/setup-check.ts';
import { findingsOf } from './finding.ts';

const { problem, warning, note } = findingsOf('configuration');

/** The configuration, where it can be read, and what is wrong with the variables. */
export function examineVariables(
  variables: Variables,
  checks: Checks,
): { readonly config?: Config; readonly findings: readonly SetupFinding[] } {
  const unknown = findUnknownVariables(variables).map(({ name, nearest }) =>
    warning('unknown-variable', `The variable ${name} is set and never read.`, `Did you mean ${nearest}? Rename it.`),
  );
  try {
    return { config: readConfig(variables, checks), findings: unknown };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const problems = error.problems.map((says) =>
      problem('configuration', says.replace(/\.?$/, '.'), 'Set it as .env.example describes it, then ask again.'),
    );
    return { findings: [...unknown, ...problems] };
  }
}

/** What can be read, and is hardly meant so. */
export function examineConfig(config: Config): SetupFinding[] {
  const { bot, partnerCenter, keyReveal, publicUrl, metricsToken, logLevel, staffTenantId } = config;
  const found: SetupFinding[] = [];
  if (bot.mode === 'development')
    found.push(note('development', 'There is no MicrosoftAppId: it can be tried out on this machine only.'));
  if (partnerCenter.mode === 'simulator')
    found.push(note('simulated', 'PARTNER_CENTER_URL is not set: Partner Center is simulated, nothing is ordered.'));
  if (bot.mode === 'registered' && keyReveal === 'dialog' && publicUrl === undefined)
    found.push(
      warning(
        'dialog-without-pages',
        'KEY_REVEAL is dialog and PUBLIC_URL is not set: a dialog with a key stays open until somebody closes it.',
        'Set PUBLIC_URL, so that dialogs show a page that takes the key away by itself.',
      ),
    );
  if (bot.mode === 'registered' && partnerCenter.mode === 'live' && publicUrl?.startsWith('http:'))
    found.push(
      problem(
        'public-url-http',
        'PUBLIC_URL is not https: Teams opens no page there, and Partner Center sends no events there.',
        'Give it the https address under which a proxy with a certificate passes requests on to the bot.',
      ),
    );
  if (metricsToken !== undefined && metricsToken.length < 16)
    found.push(warning('metrics-token', 'METRICS_TOKEN can be guessed.', 'Give it at least 16 random characters.'));
  if (['fatal', 'silent'].includes(logLevel))
    found.push(warning('log-level', `LOG_LEVEL is ${logLevel}: no warning is written.`, 'Set it to info, or to warn.'));
  if (bot.mode === 'registered' && bot.appType === 'SingleTenant' && bot.appTenantId?.toLowerCase() !== staffTenantId)
    found.push(
      warning(
        'staff-tenant',
        'STAFF_TENANT_ID is not MicrosoftAppTenantId, and a single-tenant bot is used in its own tenant only.',
        'Set STAFF_TENANT_ID to MicrosoftAppTenantId, or leave it out.',
      ),
    );
  return found;
}
