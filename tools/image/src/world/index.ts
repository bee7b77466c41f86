export { APPS, type AppName } from '../apps.js';
export { startApp, type StartAppOptions, type StartedApp } from './started-app.js';
export { startWorld, worldImages, type World, type WorldImages } from './world.js';
