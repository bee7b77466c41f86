import { START_OPERATIONS } from './start/start-operations.js';
import type { View } from './view.js';

/** Every view, in the order of the navigation. The first is where one begins. */
export const VIEWS: readonly View[] = [
  { route: 'runs', title: 'Runs', navigation: { icon: 'runs' }, load: () => import('./runs/runs-view.js') },
  { route: 'runs/:workflowId', title: 'Run', load: () => import('./run/run-view.js') },
  { route: 'start', title: 'Start a run', navigation: { icon: 'start' }, needs: START_OPERATIONS, load: () => import('./start/start-view.js') },
  { route: 'start/:slug', title: 'Start a run', needs: START_OPERATIONS, load: () => import('./start/start-view.js') },
  { route: 'configurations', title: 'Configurations', navigation: { icon: 'configurations' }, load: () => import('./configurations/configurations-view.js') },
  { route: 'configurations/:name', title: 'Configuration', load: () => import('./configurations/configuration-view.js') },
  { route: 'configurations/:name/edit', title: 'Edit a configuration', needs: ['putConfiguration'], load: () => import('./configurations/edit-view.js') },
  { route: 'schedules', title: 'Schedules', navigation: { icon: 'schedules' }, load: () => import('./schedules/schedules-view.js') },
  { route: 'schedules/new', title: 'New schedule', needs: ['createSchedule'], load: () => import('./schedules/new-schedule-view.js') },
  { route: 'schedules/:id', title: 'Schedule', load: () => import('./schedules/schedule-view.js') },
  { route: 'event-rules', title: 'Event rules', navigation: { icon: 'rules' }, load: () => import('./event-rules/event-rules-view.js') },
  { route: 'event-rules/new', title: 'New event rule', needs: ['putEventRule'], load: () => import('./event-rules/new-rule-view.js') },
  { route: 'event-rules/:name', title: 'Event rule', load: () => import('./event-rules/event-rule-view.js') },
  { route: 'event-rules/:name/edit', title: 'Edit an event rule', needs: ['putEventRule'], load: () => import('./event-rules/edit-rule-view.js') },
  { route: 'sources', title: 'Sources', navigation: { icon: 'sources' }, needs: ['checkSource', 'browseSource', 'planExtraction'], load: () => import('./sources/sources-view.js') },
  { route: 'catalog/:workflowId', title: 'Catalog', load: () => import('./catalog/catalog-view.js') },
  { route: 'events', title: 'Events', navigation: { icon: 'events' }, load: () => import('./events/events-view.js') },
  { route: 'entities', title: 'Entities', navigation: { icon: 'entities' }, load: () => import('./entities/entities-view.js') },
];

/** Whether a view answers to a route such as `catalog/:workflowId`: links to it are shown only then. */
export function hasView(route: string): boolean {
  return VIEWS.some((view) => view.route === route);
}
