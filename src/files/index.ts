export { createSentFiles } from './download.ts';
export { createFileInspector } from './inspect.ts';
