import { existsSync } from 'node:fs';
import { checks, startApp } from './app.ts';
import { readConfig } from './config/read-config.ts';
import { createLog } from './log.ts';

/** What somebody who has just started it wants to know. */
function greet(url: string, simulatorUrl: string | undefined, isDevelopment: boolean): void {
  const lines = [
    `Software Desk listens on ${url}  (messages: ${url}/api/messages)`,
    simulatorUrl
      ? `Partner Center is simulated on ${simulatorUrl}: nothing is ordered at Microsoft.`
      : 'Partner Center is used as configured.',
    isDevelopment ? 'To talk to it, in another terminal: npm run playground' : 'To talk to it, open it in Teams.',
    'To stop it: Ctrl+C',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

try {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = readConfig(process.env, checks);
  const log = createLog(config.logLevel);
  const app = await startApp(config, log);
  greet(app.url, app.simulatorUrl, config.bot.mode === 'development');

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await app.stop();
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'a promise was left alone'));
} catch (error) {
  fail(error);
}
