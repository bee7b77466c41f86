export { nothing } from './lib/not-there.js';
