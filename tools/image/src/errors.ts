import { defineError } from '@tributary/common';

export const IMAGE_FILE_MISSING = defineError('IMAGE_FILE_MISSING', {
  recovery: 'fatal',
  status: 500,
  message: 'The image of {app} needs {file}, which is not there',
  fix: 'Build the app first: `npx nx build {app}`.',
});

export const IMAGE_PACKAGE_UNKNOWN = defineError('IMAGE_PACKAGE_UNKNOWN', {
  recovery: 'fatal',
  status: 500,
  message: '{package}, which {neededBy} needs at run time, is not at the root of package-lock.json',
  fix: 'Add it to the dependencies of the project that imports it and run `npm install`. Of a package that the apps load from disk there can be one version only.',
});

export const IMAGE_TOO_LARGE = defineError('IMAGE_TOO_LARGE', {
  recovery: 'fatal',
  status: 500,
  message: 'What the image of {app} adds to its base has {bytes} bytes; its budget is {budget}. Largest parts:\n{largest}',
  fix: 'Leave out what the app does not use, or raise `nx.metadata.image.budgetBytes` in its package.json and say why in the commit.',
});

export const IMAGE_LICENCE_NOT_ALLOWED = defineError('IMAGE_LICENCE_NOT_ALLOWED', {
  recovery: 'fatal',
  status: 500,
  message: 'The image of {app} would hold packages under licences that are not on the list of permissive ones:\n{packages}',
  fix: 'Replace the package, or add its licence to `PERMISSIVE` in tools/image/src/inventory/licences.ts after reading it.',
});

export const IMAGE_BUILD_FAILED = defineError('IMAGE_BUILD_FAILED', {
  recovery: 'fatal',
  status: 500,
  message: '`{command}` ended with {outcome}',
  fix: 'Read what it printed above. Where base images cannot be pulled, `npx nx run image:stand-ins` makes some.',
});

export const IMAGE_ENGINE_MISSING = defineError('IMAGE_ENGINE_MISSING', {
  recovery: 'fatal',
  status: 500,
  message: 'There is no Docker engine: {reason}',
  fix: 'Install one and start it (Debian: `apt-get install docker.io`), or name the client in DOCKER.',
});
