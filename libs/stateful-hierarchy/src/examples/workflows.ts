import { action, changed, entity, entityWorkflow, key, loader, many, model, num, optional, own, rollup, str } from '@tributary/stateful-workflow';
import { workflowOf } from '@tributary/stateful-workflow/workflow';

const world = model(
  entity('Fleet', { id: key(), name: str(), moving: optional(num()), ships: many('Ship', { cascade: true }) }),
  entity('Ship', { id: key(), name: str(), speed: optional(num()), note: optional(str()) }),
);

const ship = entityWorkflow(world, 'Ship', {
  // An activity of that name is run at the start, every minute, on demand, and when the token is rotated.
  loaders: { position: loader('loadShip', { every: '1m' }) },
  actions: {
    annotate: action({ note: str({ max: 200 }) }, {}, (draft, { note }) => {
      draft.note = note;
    }),
  },
});

const fleet = entityWorkflow(world, 'Fleet', {
  // Each ship in the relation has a workflow of its own; one that leaves it is cancelled.
  owns: { ships: own(ship) },
  loaders: { ships: loader('loadShips', { every: '5m' }) },
  rollups: {
    moving: rollup(
      'ships',
      ({ speed = 0 }: { readonly speed?: number }) => (speed > 0 ? 'moving' : 'still'),
      ({ moving = 0 }) => moving,
    ),
  },
  events: { 'moving-changed': changed('moving') },
  views: { summary: ({ name, moving = 0, ships }) => ({ name, moving, ships: ships.map((each) => each.id) }) },
});

export const FleetWorkflow = workflowOf(fleet);
export const ShipWorkflow = workflowOf(ship);
