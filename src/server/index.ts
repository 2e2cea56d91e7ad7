export { demandFreePort, failListening } from './free-port.ts';
export { createMetrics } from './metrics.ts';
export { createServer } from './server.ts';
