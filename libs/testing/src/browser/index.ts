export { findBrowser, launchBrowser, NO_BROWSER } from './browser.js';
