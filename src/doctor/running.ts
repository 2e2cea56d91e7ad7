import type { Config } from '../config/index.ts';
import { NoAnswer, sendRequest } from '../microsoft/http.ts';

/** Does a bot answer on this machine, where the configuration lets it listen? */
export async function isRunningHere({ host, port }: Config): Promise<boolean> {
  const name = host === undefined || /^(0\.0\.0\.0|::)$/.test(host) ? '127.0.0.1' : host;
  const url = `http://${name.includes(':') ? `[${name}]` : name}:${port}/healthz`;
  try {
    return (await sendRequest({ method: 'GET', url, headers: {}, timeoutMs: 2_000 })).status === 200;
  } catch (error) {
    if (error instanceof NoAnswer) return false;
    throw error;
  }
}
