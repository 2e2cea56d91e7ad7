import { existsSync } from 'node:fs';
import { greetingLines, startingLine, unknownVariableLines } from './cli/greeting.ts';
import { onStop } from './cli/stop-signals.ts';
import { findUnknownVariables } from './config/unknown-variables.ts';

const { env } = process;

function print(lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
}

try {
  print([startingLine]);
  if (existsSync('.env')) process.loadEnvFile('.env');
  print(unknownVariableLines(findUnknownVariables(env)));

  // Loaded only now, because that takes a second or more, and people should see at once that something happens.
  const { checks, startApp } = await import('./app.ts');
  const { readConfig } = await import('./config/read-config.ts');
  const { createLog } = await import('./log.ts');

  const config = readConfig(env, checks);
  const log = createLog(config.logLevel);
  const app = await startApp(config, log);
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled promise rejection'));
  onStop(() => app.stop().finally(() => process.exit(0)), { env });
  print(greetingLines(config, app));
  // A signal in this moment ends what makes the pages ready, too: nothing ends before the database is closed.
  await app.prepare().catch((cause) => app.stop().then(() => Promise.reject(cause)));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
