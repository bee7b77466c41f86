import type { PayloadCodec } from '@temporalio/common';
import { payloadsFromJson, payloadsToJson, type PayloadsJson } from '@tributary/clients/temporal';
import type { ApiServer } from '../api-server.js';
import { CODEC_SERVER_WITHOUT_KEYS } from '../errors.js';
import type { ApiServices } from '../services.js';

/** A page of a history, as the Temporal UI asks for it. */
const BODY_LIMIT_BYTES = 8 * 1024 * 1024;
const PREFLIGHT = {
  'access-control-allow-methods': 'POST',
  'access-control-allow-headers': 'authorization, content-type, x-namespace',
  'access-control-max-age': '600',
};

/**
 * The codec server of the Temporal UI and CLI: it decrypts payloads, and encrypts what they send, with the keys that the
 * API has. Pages of the Temporal UI may call it from their own origin.
 * @throws CodedError CODEC_SERVER_WITHOUT_KEYS
 */
export function codecRoutes(app: ApiServer, { client, ui }: ApiServices): void {
  const codecs = client.options.loadedDataConverter.payloadCodecs;
  if (codecs.length === 0) throw CODEC_SERVER_WITHOUT_KEYS();
  const origin = ui.url === undefined ? undefined : new URL(ui.url).origin;

  const serve = (operation: 'encode' | 'decode'): void => {
    const url = `/v1/codec/${operation}`;
    // Of a page's own question, whether it may call, the browser takes the headers and no credential.
    app.options(url, { config: { access: 'public', origin }, schema: { hide: true } }, async ({ headers }, reply) => {
      if (origin !== undefined && headers.origin === origin) void reply.headers(PREFLIGHT);
      return reply.code(204).send();
    });
    app.post(
      url,
      {
        // Payloads may hold anything.
        config: { access: 'operator', origin, takesCredentials: true },
        bodyLimit: BODY_LIMIT_BYTES,
        schema: { hide: true, operationId: `${operation}Payloads` },
      },
      async ({ body }): Promise<PayloadsJson> => payloadsToJson(await apply(codecs, operation, payloadsFromJson(body))),
    );
  };
  serve('encode');
  serve('decode');
}

/** As a data converter applies them: decoding undoes the last one first. */
async function apply(codecs: readonly PayloadCodec[], operation: 'encode' | 'decode', payloads: ReturnType<typeof payloadsFromJson>) {
  let result = payloads;
  for (const codec of operation === 'encode' ? codecs : codecs.toReversed()) result = await codec[operation](result);
  return result;
}
