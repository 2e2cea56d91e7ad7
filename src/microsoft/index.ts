export { clouds, graphUrlFor } from './clouds.ts';
export { withCorrelationId } from './correlation.ts';
export { realTimer } from './timer.ts';
