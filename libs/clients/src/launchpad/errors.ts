import { defineError } from '@tributary/common';

export const LAUNCHPAD_NOT_FOUND = defineError('LAUNCHPAD_NOT_FOUND', {
  recovery: 'skip',
  status: 404,
  message: 'Launchpad has nothing at {url}, or hides it from the signed-in user',
  fix: 'Check the name. If it is private, use credentials of somebody who may see it, with level READ_PRIVATE.',
});

export const LAUNCHPAD_GONE = defineError('LAUNCHPAD_GONE', {
  recovery: 'skip',
  status: 410,
  message: 'What was at {url} is gone: the account is suspended or was closed',
  fix: 'Leave it out, or ask the administrators of Launchpad about the account.',
});

export const LAUNCHPAD_FORBIDDEN = defineError('LAUNCHPAD_FORBIDDEN', {
  recovery: 'skip',
  status: 403,
  message: 'Launchpad does not let {user} read {url}: {reason}',
  fix: 'Use credentials of somebody who may see it, with level READ_PRIVATE.',
});

export const LAUNCHPAD_UNAUTHORIZED = defineError('LAUNCHPAD_UNAUTHORIZED', {
  recovery: 'fatal',
  status: 401,
  message: 'Launchpad at {host} refused the access token of application "{application}": {reason}',
  fix: 'The token has expired, was revoked, or belongs to another application name or service root: authorize the application again and store the new token.',
});

export const LAUNCHPAD_REQUEST_REFUSED = defineError('LAUNCHPAD_REQUEST_REFUSED', {
  recovery: 'fatal',
  message: 'Launchpad refused {url} with status {status}: {reason}',
  fix: 'Correct what the server names. If the request was made by this client unasked, report it with this text.',
});

export const LAUNCHPAD_UNAVAILABLE = defineError('LAUNCHPAD_UNAVAILABLE', {
  recovery: 'retry',
  message: 'Launchpad did not answer {url} after {attempts} attempts: {reason}',
  fix: 'It is tried again later. If it persists, see the status of Launchpad, and that the network lets this machine reach {host}.',
});

export const LAUNCHPAD_RATE_LIMITED = defineError('LAUNCHPAD_RATE_LIMITED', {
  recovery: 'retry',
  status: 429,
  message: 'Launchpad at {host} asks for fewer requests (status 429 for {url}, {attempts} attempts)',
  fix: 'It is tried again later. If it persists, lower the number of requests in flight.',
});

export const LAUNCHPAD_ANSWER_INVALID = defineError('LAUNCHPAD_ANSWER_INVALID', {
  recovery: 'retry',
  status: 502,
  message: 'The answer of {url} is not what Launchpad sends: {reason}',
  fix: 'It is tried again later. If it persists, see whether a proxy or a sign-in page stands before {host}.',
});

export const LAUNCHPAD_ANSWER_TOO_LARGE = defineError('LAUNCHPAD_ANSWER_TOO_LARGE', {
  recovery: 'fatal',
  status: 502,
  message: 'The answer of {url} has more than {limitBytes} bytes, which is the most that is read at once',
  fix: 'See what it holds; a single entry of this size is no usual content.',
});

export const LAUNCHPAD_FOREIGN_LINK = defineError('LAUNCHPAD_FOREIGN_LINK', {
  recovery: 'fatal',
  message: 'A link leads to {url}, outside {root}; it is not followed',
  fix: 'Use links of one service root; if Launchpad itself sent it, see what stands between this machine and {root}.',
});

export const LAUNCHPAD_LINK_REDACTED = defineError('LAUNCHPAD_LINK_REDACTED', {
  recovery: 'skip',
  status: 403,
  message: 'The link is withheld from the signed-in user',
  fix: 'Test fields with isRedacted, or use credentials of somebody who may see it.',
});

export const LAUNCHPAD_SERVICE_ROOT_INVALID = defineError('LAUNCHPAD_SERVICE_ROOT_INVALID', {
  recovery: 'fatal',
  message: 'Service root "{serviceRoot}" is invalid: {reason}',
  fix: 'Name one of {names}, or give a URL without the version, such as https://api.launchpad.net/',
});

export const LAUNCHPAD_PARAMETER_UNKNOWN = defineError('LAUNCHPAD_PARAMETER_UNKNOWN', {
  recovery: 'fatal',
  message: 'Operation {operation} has no parameter "{parameter}"; Launchpad would ignore it and return everything',
  fix: 'Its parameters are: {known}',
});

export const LAUNCHPAD_PARAMETER_INVALID = defineError('LAUNCHPAD_PARAMETER_INVALID', {
  recovery: 'fatal',
  message: 'Parameter "{parameter}" of {operation} is {value}; it takes {expected}',
  fix: 'Give a value of that kind.',
});

export const LAUNCHPAD_OPERATION_UNKNOWN = defineError('LAUNCHPAD_OPERATION_UNKNOWN', {
  recovery: 'fatal',
  message: 'The service description has no operation "{operation}" that gives {expected}',
  fix: 'Use one of OperationName, or add it to the selection and generate the client anew.',
});

export const LAUNCHPAD_CURSOR_INVALID = defineError('LAUNCHPAD_CURSOR_INVALID', {
  recovery: 'fatal',
  message: 'Cursor {cursor} is no place in a collection',
  fix: 'Use a cursor of an earlier page, unchanged.',
});

export const LAUNCHPAD_AUTHORIZATION_REFUSED = defineError('LAUNCHPAD_AUTHORIZATION_REFUSED', {
  recovery: 'fatal',
  status: 403,
  message: 'Access for application "{application}" was refused in the browser',
  fix: 'Start again and choose one of the offered levels of access.',
});

export const LAUNCHPAD_AUTHORIZATION_TIMEOUT = defineError('LAUNCHPAD_AUTHORIZATION_TIMEOUT', {
  recovery: 'fatal',
  status: 408,
  message: 'Nobody decided on access for application "{application}" within {minutes} minutes',
  fix: 'Start again, open the URL in a browser, and decide there.',
});
