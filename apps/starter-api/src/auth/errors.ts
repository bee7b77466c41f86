import { defineError } from '@tributary/common';

export const API_ROUTE_WITHOUT_ACCESS = defineError('API_ROUTE_WITHOUT_ACCESS', {
  recovery: 'fatal',
  message: 'These routes do not say who may call them: {routes}. Allowed: viewer, operator, admin, public, dapr.',
  fix: 'Give each of them `config: { access: … }`.',
});

export const AUTH_KEYS_INVALID = defineError('AUTH_KEYS_INVALID', {
  recovery: 'fatal',
  message: 'Entry {entry} of TRIBUTARY_API_KEYS is wrong: {problem}. Allowed: name:role:sha256, separated by commas.',
  fix: 'Make keys and their entries with `npx nx run starter-api:api-key --name=<name> --role=<role>`.',
});
