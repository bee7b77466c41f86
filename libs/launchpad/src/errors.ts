import { defineError } from '@tributary/common';

export const LAUNCHPAD_SERVICE_ROOT_REFUSED = defineError('LAUNCHPAD_SERVICE_ROOT_REFUSED', {
  recovery: 'fatal',
  message: 'The input names the service root {serviceRoot}, which this worker does not read. Allowed are {allowed}',
  fix: 'Leave service_root out, name an allowed one, or run a worker whose LAUNCHPAD_SERVICE_ROOT is that URL.',
});

export const LAUNCHPAD_MEMBER_UNKNOWN = defineError('LAUNCHPAD_MEMBER_UNKNOWN', {
  recovery: 'skip',
  status: 404,
  message: 'Launchpad has no person "{name}", or hides it from the signed-in user',
  fix: 'Check the name as it stands in launchpad.net/~name. A person that was renamed is not found under the old name.',
});

export const LAUNCHPAD_MEMBER_IS_TEAM = defineError('LAUNCHPAD_MEMBER_IS_TEAM', {
  recovery: 'skip',
  status: 422,
  message: '"{name}" is a team, but was given as a person',
  fix: 'Give it as `team` to read all of its members.',
});

export const LAUNCHPAD_TEAM_UNKNOWN = defineError('LAUNCHPAD_TEAM_UNKNOWN', {
  recovery: 'skip',
  status: 404,
  message: 'Launchpad has no team "{name}", or hides it from the signed-in user',
  fix: 'Check the name. A person is given as `member`; a private team needs credentials of one of its members.',
});

export const LAUNCHPAD_PROJECT_UNKNOWN = defineError('LAUNCHPAD_PROJECT_UNKNOWN', {
  recovery: 'skip',
  status: 404,
  message: 'Launchpad has no project, distribution or project group "{name}", or hides it from the signed-in user',
  fix: 'Check the name as it stands in launchpad.net/name.',
});

export const LAUNCHPAD_LISTING_UNSTABLE = defineError('LAUNCHPAD_LISTING_UNSTABLE', {
  recovery: 'retry',
  message: 'The listing {unit} gave something else each of the {passes} times that it was read',
  fix: 'It is read again later. If it persists, run at a time at which less is removed from it.',
});
