export { clouds } from './clouds.ts';
export { withCorrelationId } from './correlation.ts';
