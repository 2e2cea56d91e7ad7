export { createFileInspector } from './inspect.ts';
