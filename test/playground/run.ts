import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { configFor, configPath, type Person, people } from './people.ts';

const devTools = join(import.meta.dirname, '../../devTools');
const cli = fileURLToPath(import.meta.resolve('@microsoft/m365agentsplayground/cli.js'));

export interface PlaygroundOptions {
  /** Where the bot listens, `http://localhost:3978`. */
  readonly botUrl: string;
  /** 0 takes a free port; a port that is taken is replaced by a free one. */
  readonly port: number;
  /** Whether the Playground opens the desktop's browser itself. */
  readonly opensBrowser: boolean;
  /** The current user, if not the one of `.m365agentsplayground.yml`. */
  readonly person?: Person | undefined;
}

export interface RunningPlayground {
  readonly url: string;
  readonly logPath: string;
  /** Settles when the Playground has ended, for whatever reason, with its exit code. */
  readonly ended: Promise<number | null>;
  stop(): Promise<void>;
}

/** Starts Microsoft 365 Agents Playground against a bot. It reports nothing to Microsoft, and its log stays in `devTools/`. */
export async function runPlayground({
  botUrl,
  port,
  opensBrowser,
  person,
}: PlaygroundOptions): Promise<RunningPlayground> {
  mkdirSync(devTools, { recursive: true });
  const logPath = join(devTools, `playground-${port || process.hrtime.bigint()}.log`);
  const child = spawn(
    process.execPath,
    [
      ...[cli, 'start', '--disable-telemetry', '--channel-id', 'msteams'],
      ...['--app-endpoint', new URL('/api/messages', botUrl).href, '--port', String(port)],
    ],
    {
      cwd: devTools,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        M365_AGENTS_PLAYGROUND_CONFIG_PATH: person ? writeConfigFor(person) : configPath,
        M365_AGENTS_PLAYGROUND_LOGFILE: logPath,
        ...(opensBrowser ? {} : { TEAMSAPPTESTER_BROWSER: 'none' }),
        // `--disable-telemetry` leaves the reports about errors, and the library's reports about itself.
        APPLICATION_INSIGHTS_NO_STATSBEAT: '1',
        APPLICATIONINSIGHTS_CONFIGURATION_CONTENT: '{"disableAppInsights":true,"disableStatsbeat":true}',
      },
    },
  );
  const ended = once(child, 'exit').then(([code]: (number | null)[]) => code ?? null);

  // Its output is no terminal, so it says "Listening on <port>", and all else into its log.
  const listening = new Promise<number>((resolve) => {
    createInterface(child.stdout).on('line', (line) => {
      const [, actual] = /^Listening on (\d+)$/.exec(line) ?? [];
      if (actual) resolve(Number(actual));
    });
  });
  const outcome = await Promise.race([listening.then((actual) => ({ actual })), ended.then((code) => ({ code }))]);
  if ('code' in outcome) throw new Error(`Agents Playground ended with ${outcome.code}:\n${errorsIn(logPath)}`);

  return {
    url: `http://localhost:${outcome.actual}`,
    logPath,
    ended,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** What the Playground's log says about why it did not go on. */
export function errorsIn(logPath: string): string {
  const lines = readFileSync(logPath, 'utf8').split('\n');
  return lines.filter((line) => line.startsWith('error ')).join('\n') || `See ${logPath}`;
}

function writeConfigFor(person: Person): string {
  if (person === people[0]) return configPath;
  const path = join(devTools, `${person.id.replace('29:', '')}.yml`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, configFor(person));
  return path;
}
