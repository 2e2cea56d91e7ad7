export { demandFreePort, failListening } from './free-port.ts';
export { createMetrics, type Metrics } from './metrics.ts';
export { createReadiness } from './readiness.ts';
export { createServer } from './server.ts';
