import { createSimulator } from '../../src/simulator/index.ts';

/** A simulator in a process of its own, to be killed. Prints its address when it listens. */
const [stateFile] = process.argv.slice(2);
const simulator = await createSimulator({
  port: 0,
  mode: 'extended',
  delaySeconds: 10,
  ...(stateFile === undefined ? {} : { stateFile }),
});
process.stdout.write(`${JSON.stringify({ url: simulator.url, credentials: simulator.credentials })}\n`);
