/** Partner Center in a process of its own, so that the bot's figures are the bot's. It refuses nobody for being in a hurry. */
import { createSimulator } from '../src/simulator/index.ts';

const { SIMULATOR_PORT, CUSTOMERS, SKUS } = process.env;
const simulator = await createSimulator({
  port: Number(SIMULATOR_PORT),
  mode: 'extended',
  delaySeconds: 0,
  requestsPerMinute: Number.MAX_SAFE_INTEGER,
  customers: CUSTOMERS === undefined ? undefined : Number(CUSTOMERS),
  skus: SKUS === undefined ? undefined : Number(SKUS),
});
process.on('SIGTERM', () => simulator.close().then(() => process.exit(0)));
