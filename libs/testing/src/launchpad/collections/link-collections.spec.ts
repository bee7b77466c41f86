import { expect, it } from '@jest/globals';

import { ask, quietWorld, serveWorld } from '../spec-server.js';

it('counts among the teams of somebody those that their teams belong to, also in a circle', async () => {
  const world = quietWorld();
  for (const name of ['inner', 'middle', 'outer']) world.people.addTeam(name, { owner: 'carol' });
  world.people.join('inner', 'bob');
  world.people.join('middle', 'inner');
  world.people.join('outer', 'middle');
  world.people.join('middle', 'outer');
  const server = await serveWorld(world);
  const names = async (place: string) => (await ask(server, place)).json.entries.map(({ name }) => name);

  expect(await names('~bob/super_teams')).toEqual(['inner', 'middle', 'outer']);
  expect(await names('~inner/super_teams')).toEqual(['middle', 'outer']);
  expect(await names('~outer/participants')).toEqual(['bob', 'carol', 'inner', 'middle', 'outer']);
});
