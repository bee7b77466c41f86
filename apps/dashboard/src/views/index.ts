import type { View } from './view.js';

/** Every view, in the order of the navigation. The first is where one begins. */
export const VIEWS: readonly View[] = [
  { route: 'runs', title: 'Runs', navigation: { icon: 'runs' }, load: () => import('./runs/runs-view.js') },
  { route: 'runs/:workflowId', title: 'Run', load: () => import('./run/run-view.js') },
  { route: 'start', title: 'Start a run', navigation: { icon: 'start' }, load: () => import('./start/start-view.js') },
  { route: 'start/:slug', title: 'Start a run', load: () => import('./start/start-view.js') },
  { route: 'schedules', title: 'Schedules', navigation: { icon: 'schedules' }, load: () => import('./schedules/schedules-view.js') },
  { route: 'schedules/new', title: 'New schedule', load: () => import('./schedules/new-schedule-view.js') },
  { route: 'schedules/:id', title: 'Schedule', load: () => import('./schedules/schedule-view.js') },
  { route: 'sources', title: 'Sources', navigation: { icon: 'sources' }, load: () => import('./sources/sources-view.js') },
  { route: 'catalog/:workflowId', title: 'Catalog', load: () => import('./catalog/catalog-view.js') },
  { route: 'events', title: 'Events', navigation: { icon: 'events' }, load: () => import('./events/events-view.js') },
  { route: 'entities', title: 'Entities', navigation: { icon: 'entities' }, load: () => import('./entities/entities-view.js') },
];

/** Whether a view answers to a route such as `catalog/:workflowId`: links to it are shown only then. */
export function hasView(route: string): boolean {
  return VIEWS.some((view) => view.route === route);
}
