import type { View } from './view.js';

/** Every view, in the order of the navigation. The first is where one begins. */
export const VIEWS: readonly View[] = [
  { route: 'runs', title: 'Runs', navigation: { icon: 'runs' }, load: () => import('./runs/runs-view.js') },
  { route: 'runs/:workflowId', title: 'Run', load: () => import('./run/run-view.js') },
  { route: 'start', title: 'Start a run', navigation: { icon: 'start' }, load: () => import('./start/start-view.js') },
  { route: 'start/:slug', title: 'Start a run', load: () => import('./start/start-view.js') },
  { route: 'catalog/:workflowId', title: 'Catalog', load: () => import('./catalog/catalog-view.js') },
];

/** Whether a view answers to a route such as `catalog/:workflowId`: links to it are shown only then. */
export function hasView(route: string): boolean {
  return VIEWS.some((view) => view.route === route);
}
