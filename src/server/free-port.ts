import { createServer } from 'node:net';

type PortVariable = 'PORT' | 'SIMULATOR_PORT';

/** Throws where another program listens there: said before anything is opened, because the database takes seconds. */
export async function demandFreePort(host: string | undefined, port: number, variable: PortVariable): Promise<void> {
  if (port === 0) return;
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject);
    probe.listen({ host, port }, () => probe.close(() => resolve()));
  }).catch((cause) => failListening(cause, variable, port));
}

/** Says which variable to change where a port is taken; throws anything else as it is. */
export function failListening(cause: unknown, variable: PortVariable, port: number): never {
  if (!(cause instanceof Error) || !('code' in cause) || cause.code !== 'EADDRINUSE') throw cause;
  const message = `Port ${port} is taken by another program. Stop that one, or set ${variable} to another port (0 takes a free one).`;
  throw new Error(message, { cause });
}
