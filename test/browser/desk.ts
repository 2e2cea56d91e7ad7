import { checks, startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { createLog } from '../../src/log.ts';
import { freshDatabase } from '../support/databases.ts';

export interface RunningDesk {
  readonly url: string;
  advance(seconds: number): Promise<void>;
  state(): Promise<{ readonly orders: readonly unknown[] }>;
  /** Files a ticket as a person does in the portal, and tells its number. */
  fileTicket(ticket: { readonly title: string; readonly description: string }): Promise<string>;
  stop(): Promise<void>;
}

/** The product as `npm start` runs it, on free ports and a database of its own. */
export async function startDesk(env: Record<string, string> = {}): Promise<RunningDesk> {
  const { databaseUrl, dataDir, cleanUp } = await freshDatabase();
  const config = readConfig(
    {
      PORT: '0',
      SIMULATOR_PORT: '0',
      TRACK_SECONDS: '1',
      DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl,
      ...env,
    },
    checks,
  );
  const app = await startApp(config, createLog('silent'));
  const control = `${app.simulatorUrl}/__simulator`;
  const tell = (path: string, body: object) =>
    fetch(`${control}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  return {
    url: app.url,
    async advance(advanceSeconds) {
      await tell('clock', { advanceSeconds });
    },
    async fileTicket(ticket) {
      const response = await tell('tickets', ticket);
      return ((await response.json()) as { id: string }).id;
    },
    async state() {
      const response = await fetch(`${control}/state`);
      return (await response.json()) as { orders: readonly unknown[] };
    },
    async stop() {
      await app.stop();
      await cleanUp();
    },
  };
}
