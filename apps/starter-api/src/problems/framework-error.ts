import type { CodedError } from '@tributary/common';
import {
  API_BODY_NOT_JSON,
  API_BODY_TOO_LARGE,
  API_MEDIA_TYPE_UNSUPPORTED,
  API_REQUEST_MALFORMED,
  API_TIMEOUT,
} from '../errors.js';

/** The coded error of one that Fastify raised; undefined for any other error. Fastify's texts may quote the body. */
export function codedFrameworkError(error: unknown, bodyLimit: number): CodedError | undefined {
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return API_BODY_TOO_LARGE({ limit: bodyLimit }, { cause: error });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_INVALID_CONTENT_TYPE':
      return API_MEDIA_TYPE_UNSUPPORTED({}, { cause: error });
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return API_BODY_NOT_JSON();
    case 'FST_ERR_HANDLER_TIMEOUT':
      return API_TIMEOUT({}, { cause: error });
    default:
      return statusCode === 400 ? API_REQUEST_MALFORMED() : undefined;
  }
}
