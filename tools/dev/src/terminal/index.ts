export { bar, formatBytes, formatCount, formatDuration, table } from './format.js';
export { Screen } from './screen.js';
export type { ScreenStream } from './screen.js';
export { Steps } from './steps.js';
export { askHidden } from './ask-hidden.js';
