export { APPS, type AppName } from '../apps.js';
export { API_KEY, type Place, startApp, startSidecarFor, type StartAppOptions, type StartedApp } from './started-app.js';
export { startWorld, worldImages, type World, type WorldImages } from './world.js';
