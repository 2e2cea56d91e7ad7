export { createGraphStaff } from './graph.ts';
export { createStaticStaff } from './static.ts';
